import { MigrationInterface, QueryRunner, Table, TableColumn, TableIndex } from "typeorm";

export class Roles1700000002000 implements MigrationInterface {

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.createTable(new Table({
            name: "role",
            columns: [
                { name: "id", type: "int", isPrimary: true, isGenerated: true, generationStrategy: "increment" },
                { name: "name", type: "varchar", length: "60", isUnique: true },
                { name: "level", type: "int", isNullable: true },
            ],
        }));
        await queryRunner.createIndex("role", new TableIndex({ name: "role_level", columnNames: ["level"] }));
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
    }

}
