import { QueryRunner, Table, TableColumnOptions, TableForeignKey } from 'typeorm';

export const idColumn: TableColumnOptions = {
  name: 'id',
  type: 'uuid',
  isPrimary: true,
  default: 'gen_random_uuid()',
};

export const stampColumns: TableColumnOptions[] = ['created_at', 'updated_at'].map((name) => ({
  name,
  type: 'timestamp with time zone',
  default: 'now()',
}));

export abstract class BaseMigration {
  protected abstract readonly table: string;

  protected async make(queryRunner: QueryRunner, columns: TableColumnOptions[] = []): Promise<void> {
    await queryRunner.createTable(new Table({ name: this.table, columns: [idColumn, ...columns, ...stampColumns] }));
  }

  protected link(queryRunner: QueryRunner, column: string, to: string): Promise<void> {
    return queryRunner.createForeignKey(
      this.table,
      new TableForeignKey({ columnNames: [column], referencedTableName: to, referencedColumnNames: ['id'], onDelete: 'CASCADE' }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(this.table);
  }
}
