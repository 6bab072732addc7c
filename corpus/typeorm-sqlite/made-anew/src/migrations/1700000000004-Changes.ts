import { MigrationInterface, QueryRunner, TableColumn } from "typeorm";

export class Changes1700000000004 implements MigrationInterface {
    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.renameColumn('pets', 'sitter', 'keeper');
        await queryRunner.changeColumn('owners', 'nick', new TableColumn({ name: 'called', type: 'varchar', length: '40', isNullable: true }));
        await queryRunner.renameTable('plain', 'simple');
        await queryRunner.renameTable('pets', 'animals');
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.renameTable('animals', 'pets');
        await queryRunner.renameTable('simple', 'plain');
        await queryRunner.renameColumn('pets', 'keeper', 'sitter');
    }
}
