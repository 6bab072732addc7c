import { MigrationInterface, QueryRunner, Table, TableIndex } from "typeorm";

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
            checks: [{ expression: 'score >= 0' }, { name: 'known', expression: "email <> ''" }],
            uniques: [{ columnNames: ['nick', 'state'] }],
            indices: [{ columnNames: ['score'] }, { name: 'by_state', columnNames: ['state', 'at'], where: 'score > 3' }],
        }), true);
        await queryRunner.createTable(new Table({
            name: 'pets',
            columns: [
                { name: 'owner_id', type: 'int', isPrimary: true },
                { name: 'name', type: 'varchar', isPrimary: true },
            ],
            foreignKeys: [{ columnNames: ['owner_id'], referencedTableName: 'owners', referencedColumnNames: ['id'], onDelete: 'CASCADE', deferrable: 'INITIALLY DEFERRED' }],
        }));
        await queryRunner.createIndex('pets', new TableIndex({ columnNames: ['name'], isUnique: true }));
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.dropTable('pets');
        await queryRunner.dropTable('owners', true);
    }
}
