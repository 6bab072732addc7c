import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class SomethingElse1644100004000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({ name: 'worker', columns: [{ name: 'id', type: 'int', isPrimary: true }, { name: 'role', type: 'enum', enum: ['a', 'b'] }] }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('worker');
  }
}
