import { MigrationInterface, QueryRunner, TableCheck, TableForeignKey, TableIndex, TableUnique } from "typeorm";

export class Constraints1700000000003 implements MigrationInterface {
    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.createForeignKey('pets', new TableForeignKey({ columnNames: ['sitter'], referencedTableName: 'owners', referencedColumnNames: ['id'], onDelete: 'SET NULL' }));
        await queryRunner.createUniqueConstraint('pets', new TableUnique({ columnNames: ['sitter', 'name'] }));
        await queryRunner.createCheckConstraint('pets', new TableCheck({ name: 'young', expression: 'age < 40' }));
        await queryRunner.createIndex('pets', new TableIndex({ columnNames: ['sitter'] }));
        await queryRunner.dropCheckConstraint('owners', 'known');
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.createCheckConstraint('owners', new TableCheck({ name: 'known', expression: 'length(email) > 3' }));
        await queryRunner.dropIndex('pets', new TableIndex({ columnNames: ['sitter'] }));
        await queryRunner.dropCheckConstraint('pets', 'young');
    }
}
