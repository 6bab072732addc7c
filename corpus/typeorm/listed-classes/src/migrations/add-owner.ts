import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class AddOwner1643650001000 implements MigrationInterface {
  async up(queryRunner: QueryRunner) {
    await queryRunner.addColumn('thing', new TableColumn({ name: 'owner', type: 'int', isNullable: true }));
  }

  async down(queryRunner: QueryRunner) {
    await queryRunner.dropColumn('thing', 'owner');
  }
}
