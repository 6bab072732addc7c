import { MigrationInterface, QueryRunner, Table, TableIndex } from "typeorm";

export class NoRoles1700000003000 implements MigrationInterface {

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.dropColumn("role", "name");
        await queryRunner.dropTable("role");
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        // Undoes NoRoles1700000003000, made by transmigrate; fingerprint 10fb1d0eab2b1018
        // Grade: schema only; the schema comes back, and these do not:
        //   rows of table role
        // Note: fails if rows written since break the constraint UQ_ae4578dcaed5adff96595e61660 on role, which comes back
        // Note: fails if the table has rows: role.name comes back NOT NULL without a default (--backfill zero fills it)
        await queryRunner.createTable(new Table({
            name: "role",
            columns: [
                {
                    name: "id",
                    type: "int",
                    isPrimary: true,
                    isGenerated: true,
                    generationStrategy: "increment",
                },
                { name: "level", type: "int", isNullable: true },
            ],
            indices: [
                { name: "role_level", columnNames: ["level"] },
            ],
        }));
        await queryRunner.query(`ALTER TABLE "role" ADD COLUMN "name" VARCHAR(60) NOT NULL`);
        await queryRunner.query(`ALTER TABLE "role" ADD CONSTRAINT "UQ_ae4578dcaed5adff96595e61660" UNIQUE ("name")`);
    }

}
