import { MigrationInterface, QueryRunner } from 'typeorm';

export class Tables1642700002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.renameTable('person', 'employee');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.renameTable('employee', 'person');
  }
}
