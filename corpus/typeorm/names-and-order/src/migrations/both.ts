import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class SecondOne implements MigrationInterface {
  name = 'SecondOne1643600001000';

  async up(queryRunner: QueryRunner) {
    await queryRunner.query('ALTER TABLE "thing" ADD "second" integer');
  }

  async down(queryRunner: QueryRunner) {
    await queryRunner.query('ALTER TABLE "thing" DROP COLUMN "second"');
  }
}

export class FirstOne implements MigrationInterface {
  public readonly name: string = 'FirstOne1643600000000';

  async up(queryRunner: QueryRunner) {
    await queryRunner.createTable(new Table({ name: 'thing', columns: [{ name: 'id', type: 'int', isPrimary: true }] }));
  }

  async down(queryRunner: QueryRunner) {
    await queryRunner.dropTable('thing');
  }
}
