import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class RenamedByChange1642600003000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const table = await queryRunner.getTable('item');
    const old = table.findColumnByName('name');
    const renamed = old.clone();
    renamed.name = 'title';
    await queryRunner.changeColumn(table, old, renamed);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.renameColumn('item', 'title', 'name');
  }
}
