import { MigrationInterface, QueryRunner } from "typeorm";

export class Users1700000000000 implements MigrationInterface {

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(`CREATE TABLE "users\`\${a}" ("id" SERIAL PRIMARY KEY, "a\\b" text)`);
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        // Undoes Users1700000000000, made by transmigrate; fingerprint 53f4581241201ad4
        // Grade: exact; schema and rows come back as they were
        // Running it throws away:
        //   table users`${a} with its rows
        await queryRunner.query(`DROP TABLE "users\`\${a}"`);
    }

}
