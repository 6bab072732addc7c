import { MigrationInterface, QueryRunner } from 'typeorm';

export class Fields1646000000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE "field" ("name" text PRIMARY KEY)');
    await queryRunner.query(`INSERT INTO "field" VALUES ('height'), ('width')`);
    await queryRunner.query('CREATE TABLE "box" ("id" serial PRIMARY KEY)');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE "box"');
    await queryRunner.query('DROP TABLE "field"');
  }
}
