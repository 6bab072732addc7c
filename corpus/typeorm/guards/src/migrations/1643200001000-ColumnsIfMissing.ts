import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class ColumnsIfMissing1643200001000 implements MigrationInterface {
  private readonly columns = ['name', 'email', 'phone'];

  public async up(queryRunner: QueryRunner): Promise<void> {
    for (const name of this.columns) {
      if (!(await queryRunner.hasColumn('account', name))) {
        await queryRunner.addColumn('account', new TableColumn({ name, type: 'varchar', isNullable: true }));
      }
    }
    const table = await queryRunner.getTable('account');
    if (table && !table.uniques.some((unique) => unique.columnNames.includes('email'))) {
      await queryRunner.query('ALTER TABLE "account" ADD CONSTRAINT "account_email" UNIQUE ("email")');
    }
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    const table = await queryRunner.getTable('account');
    if (!table) {
      return;
    }
    if (table.findColumnByName('phone')) await queryRunner.dropColumn(table, 'phone');
    if (table.columns.some((column) => column.name === 'email')) await queryRunner.dropColumn('account', 'email');
  }
}
