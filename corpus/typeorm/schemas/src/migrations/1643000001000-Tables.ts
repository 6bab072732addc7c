import { MigrationInterface, QueryRunner, Table, TableForeignKey } from 'typeorm';

export class Tables1643000001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'stock.ware',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'name', type: 'varchar', isUnique: true },
          { name: 'kind', type: 'enum', enum: ['food', 'tool'], default: "'food'" },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        schema: 'sales',
        name: 'order',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'wareId', type: 'int' },
        ],
        indices: [{ columnNames: ['wareId'] }],
      }),
    );
    await queryRunner.createForeignKey(
      'sales.order',
      new TableForeignKey({
        columnNames: ['wareId'],
        referencedTableName: 'stock.ware',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('sales.order', true, true);
    await queryRunner.dropTable('stock.ware');
    await queryRunner.query('DROP TYPE "stock"."ware_kind_enum"');
  }
}
