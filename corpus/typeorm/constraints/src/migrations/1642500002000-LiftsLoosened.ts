import { MigrationInterface, QueryRunner, TableCheck, TableExclusion, TableUnique } from 'typeorm';

export class LiftsLoosened1642500002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropExclusionConstraint('lift', 'closed_once');
    await queryRunner.dropCheckConstraint('lift', 'not_too_high');
    const lift = await queryRunner.getTable('lift');
    await queryRunner.dropUniqueConstraint('lift', lift.uniques.find((unique) => unique.columnNames.includes('number')));
    await queryRunner.dropUniqueConstraint('lift', 'lift_floors');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createUniqueConstraint(
      'lift',
      new TableUnique({ name: 'lift_floors', columnNames: ['building', 'floors'], deferrable: 'INITIALLY IMMEDIATE' }),
    );
    await queryRunner.createUniqueConstraint('lift', new TableUnique({ columnNames: ['number', 'floors'] }));
    await queryRunner.createCheckConstraint('lift', new TableCheck({ name: 'not_too_high', expression: '"floors" < 200' }));
    await queryRunner.createExclusionConstraint('lift', new TableExclusion({ name: 'closed_once', expression: 'USING gist (closed WITH &&)' }));
  }
}
