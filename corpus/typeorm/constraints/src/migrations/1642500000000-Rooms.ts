import { MigrationInterface, QueryRunner, Table, TableCheck, TableExclusion, TableUnique } from 'typeorm';

export class Rooms1642500000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'room',
        columns: [
          { name: 'building', type: 'varchar', length: '4', isPrimary: true },
          { name: 'number', type: 'int', isPrimary: true },
          { name: 'seats', type: 'int' },
          { name: 'price', type: 'int', isNullable: true },
          { name: 'code', type: 'varchar', isUnique: true },
          { name: 'taken', type: 'tsrange', isNullable: true },
        ],
        uniques: [new TableUnique({ columnNames: ['building', 'code'] }), { name: 'one_price', columnNames: ['building', 'price'] }],
        checks: [new TableCheck({ expression: '"seats" > 0' }), { name: 'fair', expression: 'price BETWEEN 1 AND 100' }],
        exclusions: [new TableExclusion({ expression: 'USING gist ("taken" WITH &&)' })],
      }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('room');
  }
}
