const { TableColumn } = require('typeorm');

class Stars1643700001000 {
  async up(queryRunner) {
    await queryRunner.addColumn('note', new TableColumn({ name: 'stars', type: 'smallint', default: 0 }));
    await queryRunner.query(`ALTER TABLE "note" ADD CONSTRAINT "few_stars" CHECK ("stars" BETWEEN 0 AND 5)`);
  }

  async down(queryRunner) {
    await queryRunner.query('ALTER TABLE "note" DROP CONSTRAINT "few_stars"');
    await queryRunner.dropColumn('note', 'stars');
  }
}

module.exports = { Stars1643700001000 };
