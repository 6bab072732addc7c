import { MigrationInterface, QueryRunner, Table, TableColumn, TableForeignKey } from 'typeorm';

export class Shelves1643400001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({ name: 'shelf', columns: [{ name: 'mark', type: 'varchar', isPrimary: true }] }),
    );
    await queryRunner.createForeignKey(
      'stock',
      new TableForeignKey({ columnNames: ['shelf mark'], referencedTableName: 'shelf', referencedColumnNames: ['mark'] }),
    );
    await queryRunner.changeColumn(
      'stock',
      'state',
      new TableColumn({ name: 'state', type: 'enum', enum: ['in', 'out', 'sold'], default: "'in'" }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.changeColumn(
      'stock',
      'state',
      new TableColumn({ name: 'state', type: 'enum', enum: ['in', 'out'], default: "'in'" }),
    );
    const table = await queryRunner.getTable('stock');
    await queryRunner.dropForeignKey('stock', table.foreignKeys[0]);
    await queryRunner.dropTable('shelf');
  }
}
