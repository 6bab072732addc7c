import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class Sales1642900000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'sale',
        columns: [
          { name: 'id', type: 'int', isPrimary: true },
          { name: 'shop', type: 'varchar' },
          { name: 'amount', type: 'numeric', precision: 10, scale: 2 },
        ],
      }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('sale');
  }
}
