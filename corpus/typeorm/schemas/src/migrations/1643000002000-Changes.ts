import { MigrationInterface, QueryRunner, TableColumn, TableIndex } from 'typeorm';

export class Changes1643000002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn('sales.order', new TableColumn({ name: 'amount', type: 'int', default: 1 }));
    await queryRunner.createIndex('sales.order', new TableIndex({ columnNames: ['amount'] }));
    await queryRunner.renameColumn('stock.ware', 'name', 'title');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.renameColumn('stock.ware', 'title', 'name');
    await queryRunner.dropColumn('sales.order', 'amount');
  }
}
