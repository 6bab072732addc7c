import { MigrationInterface, QueryRunner } from "typeorm";

export class Questions1700000000002 implements MigrationInterface {
    public async up(queryRunner: QueryRunner): Promise<void> {
        if (queryRunner.dataSource.options.type === 'better-sqlite3') {
            await queryRunner.query('CREATE TABLE "lite" ("id" integer PRIMARY KEY, "v" text)');
        } else {
            await queryRunner.query('CREATE TABLE other (id serial PRIMARY KEY)');
        }
        if (!(await queryRunner.hasColumn('owners', 'age'))) {
            await queryRunner.query('ALTER TABLE "owners" ADD COLUMN "age" integer');
        }
        if (!(await queryRunner.hasTable('OWNERS'))) {
            await queryRunner.query('INSERT INTO "lite" ("id", "v") VALUES (?, ?), (2, \'?\')', [1, "it's"]);
        }
        await queryRunner.startTransaction();
        await queryRunner.query('CREATE INDEX "by_age" ON "owners" ("age")');
        await queryRunner.commitTransaction();
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.dropIndex('owners', 'by_age');
        await queryRunner.query('ALTER TABLE "owners" DROP COLUMN "age"');
        await queryRunner.query('DROP TABLE "lite"');
    }
}
