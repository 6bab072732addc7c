import { MigrationInterface, QueryRunner } from "typeorm";

export class NoteTitle1700000000003 implements MigrationInterface {
    name = 'NoteTitle1700000000003'

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(`DROP INDEX "IDX_5b87d9d19127bd5d92026017a7"`);
        await queryRunner.query(`CREATE TABLE "temporary_note" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "body" text NOT NULL, "state" varchar CHECK( "state" IN ('open','done') ) NOT NULL DEFAULT ('open'), "userId" integer, "title" varchar(80), CONSTRAINT "FK_5b87d9d19127bd5d92026017a7b" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE NO ACTION)`);
        await queryRunner.query(`INSERT INTO "temporary_note"("id", "body", "state", "userId") SELECT "id", "text", "state", "userId" FROM "note"`);
        await queryRunner.query(`DROP TABLE "note"`);
        await queryRunner.query(`ALTER TABLE "temporary_note" RENAME TO "note"`);
        await queryRunner.query(`CREATE INDEX "IDX_5b87d9d19127bd5d92026017a7" ON "note" ("userId") `);
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
    }

}
