import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class IfThere1643200002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const column = (await queryRunner.getTable('account'))?.columns.find(({ name }) => name === 'name');
    if (column?.isNullable) {
      const changed = column.clone();
      changed.isNullable = false;
      changed.default = "''";
      await queryRunner.changeColumn('account', column, changed);
    }
    const tables = await queryRunner.getTables(['account', 'nothing']);
    if (tables.length === 1) {
      await queryRunner.query('COMMENT ON TABLE "account" IS \'the only one\'');
    }
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('COMMENT ON TABLE "account" IS NULL');
    await queryRunner.changeColumn('account', 'name', new TableColumn({ name: 'name', type: 'varchar', isNullable: true }));
  }
}
