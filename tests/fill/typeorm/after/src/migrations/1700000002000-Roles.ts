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
        // Undoes Roles1700000002000, made by transmigrate; fingerprint c65ef6f58953ff3a
        // Grade: exact; schema and rows come back as they were
        // Running it throws away:
        //   table role with its rows
        await queryRunner.dropTable("role");
    }

}
