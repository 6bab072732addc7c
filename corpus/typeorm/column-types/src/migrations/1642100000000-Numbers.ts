import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class Numbers1642100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'numbers',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'plain', type: 'integer' },
          { name: 'small', type: 'smallint', isNullable: true },
          { name: 'int2', type: 'int2', isNullable: true },
          { name: 'int8', type: 'int8', isNullable: true },
          { name: 'big', type: 'bigint', isNullable: true },
          { name: 'number', type: 'numeric', isNullable: true },
          { name: 'price', type: 'decimal', precision: 10, scale: 2, isNullable: true },
          { name: 'share', type: 'numeric', precision: 5, isNullable: true },
          { name: 'ratio', type: 'float', isNullable: true },
          { name: 'ratio4', type: 'float4', isNullable: true },
          { name: 'ratio8', type: 'float8', isNullable: true },
          { name: 'real', type: 'real', isNullable: true },
          { name: 'exact', type: 'double precision', isNullable: true },
          { name: 'cash', type: 'money', isNullable: true },
          { name: 'flag', type: 'boolean', isNullable: true },
          { name: 'flag_again', type: 'bool', isNullable: true },
          { name: 'matrix', type: 'int', isArray: true, isNullable: true },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('numbers');
  }
}
