import { MigrationInterface, QueryRunner } from "typeorm";

export class UserAge1700000000004 implements MigrationInterface {
    name = 'UserAge1700000000004'

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(`CREATE TABLE "temporary_user" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar NOT NULL, "active" boolean NOT NULL DEFAULT (1), "age" integer NOT NULL DEFAULT (0), CONSTRAINT "UQ_065d4d8f3b5adb4a08841eae3c8" UNIQUE ("name"))`);
        await queryRunner.query(`INSERT INTO "temporary_user"("id", "name", "active") SELECT "id", "name", "active" FROM "user"`);
        await queryRunner.query(`DROP TABLE "user"`);
        await queryRunner.query(`ALTER TABLE "temporary_user" RENAME TO "user"`);
        await queryRunner.query(`CREATE VIEW "grown" AS SELECT "name" FROM "user" WHERE "age" > 17`);
        await queryRunner.query(`CREATE TRIGGER "touched" AFTER UPDATE ON "note" BEGIN UPDATE "user" SET "active" = 1 WHERE "id" = new."userId"; END`);
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
    }

}
