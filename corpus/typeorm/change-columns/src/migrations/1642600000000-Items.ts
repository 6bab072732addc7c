import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class Items1642600000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'item',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'name', type: 'varchar', length: '50' },
          { name: 'amount', type: 'int', default: 1 },
          { name: 'note', type: 'text', isNullable: true },
          { name: 'code', type: 'varchar', isUnique: true },
        ],
        indices: [{ columnNames: ['name'] }],
      }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('item');
  }
}
