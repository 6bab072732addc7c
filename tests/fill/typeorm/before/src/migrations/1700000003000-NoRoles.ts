import { MigrationInterface, QueryRunner, Table, TableIndex } from "typeorm";

export class NoRoles1700000003000 implements MigrationInterface {

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.dropColumn("role", "name");
        await queryRunner.dropTable("role");
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
    }

}
