import { MigrationInterface, QueryRunner } from 'typeorm';

export class Throws1644100002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('job', 'queue');
  }

  public async down(): Promise<void> {
    throw new Error('there is no way back');
  }
}
