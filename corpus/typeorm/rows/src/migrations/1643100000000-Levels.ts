import { MigrationInterface, QueryRunner } from 'typeorm';

export class Levels1643100000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "level" (
        "id" SERIAL NOT NULL PRIMARY KEY,
        "name" character varying NOT NULL UNIQUE,
        "rank" integer,
        "extra" jsonb
      )`);
    await queryRunner.query('INSERT INTO "level" ("name", "rank") VALUES ($1, $2), ($3, $4)', ['low', 1, "it's high", 3]);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE "level"');
  }
}
