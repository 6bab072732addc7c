import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class Tables1644200002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.clearTable('owner');
    await queryRunner.dropTable('owner', false, true, true);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'owner',
        columns: [
          { name: 'id', type: 'int', isPrimary: true },
          { name: 'phone', type: 'varchar', isUnique: true },
        ],
      }),
    );
  }
}
