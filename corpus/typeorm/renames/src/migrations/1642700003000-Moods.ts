import { MigrationInterface, QueryRunner } from 'typeorm';

export class Moods1642700003000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.renameColumn('employee', 'mood', 'temper');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.renameColumn('employee', 'temper', 'mood');
  }
}
