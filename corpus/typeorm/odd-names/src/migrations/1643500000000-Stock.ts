import { MigrationInterface, QueryRunner, Table, TableCheck } from 'typeorm';

export class Stock1643500000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'stock',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'größe', type: 'varchar', isUnique: true },
          { name: 'shelf mark', type: 'varchar', isNullable: true },
          { name: 'amount', type: 'int' },
        ],
        checks: [new TableCheck({ expression: '"amount" >= 0' })],
        indices: [{ columnNames: ['shelf mark'] }, { columnNames: ['amount'], where: '"amount" > 10' }],
      }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('stock');
  }
}
