import { MigrationInterface, QueryRunner } from "typeorm"

export class Commented1644100001000 implements MigrationInterface {

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(`ALTER TABLE "job" ADD "queue" character varying NOT NULL DEFAULT 'main'`)
        await queryRunner.query(`CREATE INDEX "job_queue" ON "job" ("queue", "name")`)
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        // nothing to do
    }

}
