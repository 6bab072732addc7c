import { MigrationInterface, QueryRunner } from 'typeorm';

// The value stays when it is undone.
export class NewKind1643300002000 implements MigrationInterface {
  public readonly transaction = false as const;

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TYPE "event_kind" ADD VALUE IF NOT EXISTS 'lost'`);
    await queryRunner.query(`ALTER TABLE "event" ALTER COLUMN "kind" SET DEFAULT 'lost'`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "event" ALTER COLUMN "kind" SET DEFAULT 'made'`);
  }
}
