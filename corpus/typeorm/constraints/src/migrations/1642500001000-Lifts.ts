import { MigrationInterface, QueryRunner, Table, TableCheck, TableExclusion, TableUnique } from 'typeorm';

export class Lifts1642500001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'lift',
        columns: [
          { name: 'building', type: 'varchar', length: '4' },
          { name: 'number', type: 'int' },
          { name: 'floors', type: 'int' },
          { name: 'closed', type: 'daterange', isNullable: true },
        ],
      }),
    );
    await queryRunner.createPrimaryKey('lift', ['building', 'number']);
    await queryRunner.createUniqueConstraint('lift', new TableUnique({ columnNames: ['number', 'floors'] }));
    await queryRunner.createUniqueConstraints('lift', [
      new TableUnique({ name: 'lift_floors', columnNames: ['building', 'floors'], deferrable: 'INITIALLY IMMEDIATE' }),
    ]);
    await queryRunner.createCheckConstraint('lift', new TableCheck({ expression: 'floors > 1' }));
    await queryRunner.createCheckConstraints('lift', [new TableCheck({ name: 'not_too_high', expression: '"floors" < 200' })]);
    await queryRunner.createExclusionConstraint('lift', new TableExclusion({ name: 'closed_once', expression: 'USING gist (closed WITH &&)' }));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('lift');
  }
}
