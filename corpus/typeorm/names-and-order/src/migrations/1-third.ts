import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class Third1643600002000 implements MigrationInterface {
  up = async (queryRunner: QueryRunner) => {
    await queryRunner.addColumn('thing', new TableColumn({ name: 'third', type: 'int', isNullable: true }));
  };

  down = async (queryRunner: QueryRunner) => {
    await queryRunner.dropColumn('thing', 'third');
  };
}
