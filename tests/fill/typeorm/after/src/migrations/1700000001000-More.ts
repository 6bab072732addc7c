import { MigrationInterface, QueryRunner } from "typeorm";

export class More1700000001000 implements MigrationInterface {
    name = 'More1700000001000'

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(`ALTER TABLE "users\`\${a}" DROP COLUMN "a\\b"`);
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        // Undoes More1700000001000, made by transmigrate; fingerprint 450b9ca3ea9cb925
        // Grade: schema only; the schema comes back, and these do not:
        //   values of column users`${a}.a\b
        await queryRunner.query(`ALTER TABLE "users\`\${a}" ADD COLUMN "a\\b" TEXT`);
    }
}
