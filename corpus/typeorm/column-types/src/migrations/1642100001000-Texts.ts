import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class Texts1642100001000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE EXTENSION IF NOT EXISTS hstore');
    await queryRunner.createTable(
      new Table({
        name: 'texts',
        columns: [
          { name: 'id', type: 'bigint', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'name', type: 'varchar' },
          { name: 'code', type: 'varchar', length: '12' },
          { name: 'letters', type: 'character varying', length: '50', isNullable: true },
          { name: 'initial', type: 'char', isNullable: true },
          { name: 'fixed', type: 'character', length: '4', isNullable: true },
          { name: 'body', type: 'text', isNullable: true },
          { name: 'sorted', type: 'text', collation: 'C', isNullable: true },
          { name: 'payload', type: 'bytea', isNullable: true },
          { name: 'bits', type: 'bit', length: '4', isNullable: true },
          { name: 'more_bits', type: 'varbit', isNullable: true },
          { name: 'token', type: 'uuid', isNullable: true },
          { name: 'document', type: 'xml', isNullable: true },
          { name: 'settings', type: 'json', isNullable: true },
          { name: 'details', type: 'jsonb', isNullable: true },
          { name: 'pairs', type: 'hstore', isNullable: true },
          { name: 'words', type: 'tsvector', isNullable: true },
          { name: 'question', type: 'tsquery', isNullable: true },
          { name: 'tags', type: 'text', isArray: true, isNullable: true },
          { name: 'codes', type: 'varchar', length: '8', isArray: true, isNullable: true },
        ],
      }),
      true,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('texts', true);
    await queryRunner.query('DROP EXTENSION hstore');
  }
}
