import { MigrationInterface, QueryRunner } from "typeorm";

export class More1700000001000 implements MigrationInterface {
    name = 'More1700000001000'

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(`ALTER TABLE "users\`\${a}" DROP COLUMN "a\\b"`);
    }
}
