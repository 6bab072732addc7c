import { MigrationInterface, QueryRunner } from 'typeorm';

export class ByHand1643300003000 implements MigrationInterface {
  transaction = false;

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.startTransaction();
    try {
      await queryRunner.query('ALTER TABLE "event" ADD "source" text');
      await queryRunner.query(`UPDATE "event" SET "source" = 'unknown'`);
      await queryRunner.query('ALTER TABLE "event" ALTER COLUMN "source" SET NOT NULL');
      await queryRunner.commitTransaction();
    } catch (error) {
      await queryRunner.rollbackTransaction();
      throw error;
    }
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "event" DROP COLUMN "source"');
  }
}
