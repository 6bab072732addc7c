import { MigrationInterface, QueryRunner, Table, TableColumn } from 'typeorm';

export class GeneratedOnes1642100003000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'counters',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'identity', generatedIdentity: 'ALWAYS' },
          { name: 'number', type: 'bigint', isGenerated: true, generationStrategy: 'identity', generatedIdentity: 'BY DEFAULT' },
          { name: 'serial', type: 'smallint', isGenerated: true, generationStrategy: 'increment' },
        ],
      }),
    );
    await queryRunner.addColumn(
      'counters',
      new TableColumn({ name: 'later', type: 'int', isGenerated: true, generationStrategy: 'increment' }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('counters', 'later');
    await queryRunner.dropTable('counters');
  }
}
