import { TableColumnOptions, TableForeignKeyOptions } from 'typeorm';

export const id = (): TableColumnOptions => ({
  name: 'id',
  type: 'bigint',
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment',
});

export const stamps = (): TableColumnOptions[] =>
  ['createdAt', 'updatedAt'].map((name) => ({ name, type: 'timestamptz', default: 'now()' }));

export const to = (column: string, table: string, onDelete = 'CASCADE'): TableForeignKeyOptions => ({
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
  onDelete,
});
