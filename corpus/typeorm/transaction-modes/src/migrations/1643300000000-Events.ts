import { MigrationInterface, QueryRunner } from 'typeorm';

export class Events1643300000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TYPE "event_kind" AS ENUM ('made', 'sent')`);
    await queryRunner.query(`CREATE TABLE "event" ("id" bigserial PRIMARY KEY, "kind" "event_kind" NOT NULL DEFAULT 'made', "body" jsonb)`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE "event"');
    await queryRunner.query('DROP TYPE "event_kind"');
  }
}
