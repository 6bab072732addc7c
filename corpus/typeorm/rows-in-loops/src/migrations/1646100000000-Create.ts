import { MigrationInterface, QueryRunner } from 'typeorm';

export class Create1646100000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE "author" ("id" serial PRIMARY KEY, "name" text NOT NULL, "place" int)');
    await queryRunner.query(`INSERT INTO "author" ("name") VALUES ('Ada Blue'), ('Ben Green')`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE "author"');
  }
}
