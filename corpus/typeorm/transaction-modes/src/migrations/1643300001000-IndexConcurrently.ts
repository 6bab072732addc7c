import { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexConcurrently1643300001000 implements MigrationInterface {
  transaction = false;

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX CONCURRENTLY IF NOT EXISTS "event_by_kind" ON "event" ("kind")');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX CONCURRENTLY IF EXISTS "event_by_kind"');
  }
}
