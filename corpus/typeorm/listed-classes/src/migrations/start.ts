import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class Start1643650000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner) {
    await queryRunner.createTable(new Table({ name: 'thing', columns: [{ name: 'id', type: 'int', isPrimary: true }] }));
  }

  async down(queryRunner: QueryRunner) {
    await queryRunner.dropTable('thing');
  }
}
