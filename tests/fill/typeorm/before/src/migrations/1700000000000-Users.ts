import { MigrationInterface, QueryRunner } from "typeorm";

export class Users1700000000000 implements MigrationInterface {

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(`CREATE TABLE "users\`\${a}" ("id" SERIAL PRIMARY KEY, "a\\b" text)`);
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
    }

}
