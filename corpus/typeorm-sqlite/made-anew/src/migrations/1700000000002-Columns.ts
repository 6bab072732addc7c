import { MigrationInterface, QueryRunner, TableColumn } from "typeorm";

export class Columns1700000000002 implements MigrationInterface {
    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.addColumns('pets', [
            new TableColumn({ name: 'age', type: 'int', default: 1 }),
            new TableColumn({ name: 'chip', type: 'varchar', length: '20', isNullable: true, isUnique: true }),
        ]);
        await queryRunner.addColumn('plain', new TableColumn({ name: 'd', type: 'text', isNullable: true }));
        await queryRunner.dropColumn('owners', 'at');
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.dropColumns('pets', ['age', 'chip']);
        await queryRunner.dropColumn('plain', 'd');
    }
}
