const { Table } = require('typeorm');

module.exports = class Notes1643700000000 {
  name = 'Notes1643700000000';

  async up(queryRunner) {
    await queryRunner.createTable(
      new Table({
        name: 'note',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'text', type: 'text' },
        ],
      }),
    );
  }

  async down(queryRunner) {
    await queryRunner.dropTable('note');
  }
};
