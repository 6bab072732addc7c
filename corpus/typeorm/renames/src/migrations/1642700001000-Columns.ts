import { MigrationInterface, QueryRunner } from 'typeorm';

export class Columns1642700001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.renameColumn('person', 'mail', 'email');
    await queryRunner.renameColumn('person', 'name', 'fullName');
    await queryRunner.renameColumn('person', 'bossId', 'leaderId');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.renameColumn('person', 'leaderId', 'bossId');
    await queryRunner.renameColumn('person', 'fullName', 'name');
    await queryRunner.renameColumn('person', 'email', 'mail');
  }
}
