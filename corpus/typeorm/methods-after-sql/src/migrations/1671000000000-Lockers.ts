import { MigrationInterface, QueryRunner, Table, TableIndex } from 'typeorm';

export class Lockers1671000000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'locker',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment', primaryKeyConstraintName: 'locker_key' },
          { name: 'code', type: 'uuid' },
          { name: 'colour', type: 'text', isNullable: true },
        ],
      }),
    );
    await queryRunner.createIndex('locker', new TableIndex({ name: 'locker_colour', columnNames: ['colour'] }));
    await queryRunner.query('CREATE TABLE hook (id int PRIMARY KEY, locker int REFERENCES locker (id))');
  }
}
