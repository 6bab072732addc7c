import { MigrationInterface, QueryRunner, Table } from "typeorm";

export class Tables1700000000001 implements MigrationInterface {
    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.createTable(new Table({
            name: 'owners',
            columns: [
                { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
                { name: 'email', type: 'varchar', length: '120', isUnique: true },
                { name: 'state', type: 'varchar', enum: ['in', 'out'], default: "'in'" },
                { name: 'score', type: 'decimal', precision: 8, scale: 2, isNullable: true },
                { name: 'at', type: 'datetime', default: "datetime('now')" },
                { name: 'nick', type: 'text', isNullable: true, collation: 'NOCASE' },
            ],
            checks: [{ name: 'known', expression: "length(email) > 3" }],
            indices: [{ columnNames: ['score'] }, { name: 'by_state', columnNames: ['state', 'at'], where: 'score > 3' }],
        }));
        await queryRunner.createTable(new Table({
            name: 'pets',
            columns: [
                { name: 'owner_id', type: 'int', isPrimary: true },
                { name: 'name', type: 'varchar', isPrimary: true },
                { name: 'sitter', type: 'int', isNullable: true },
            ],
            foreignKeys: [{ columnNames: ['owner_id'], referencedTableName: 'owners', referencedColumnNames: ['id'], onDelete: 'CASCADE', deferrable: 'INITIALLY DEFERRED' }],
        }));
        await queryRunner.query('CREATE TRIGGER "touched" AFTER INSERT ON "pets" BEGIN SELECT 1; END');
        await queryRunner.query('CREATE TABLE "plain" ("a" integer PRIMARY KEY, "b" VARCHAR(10) REFERENCES "owners" ("email"), "c" text UNIQUE, UNIQUE ("b", "c"))');
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.dropTable('plain');
        await queryRunner.dropTable('pets');
        await queryRunner.dropTable('owners');
    }
}
