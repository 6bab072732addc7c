import { Table, TableForeignKey } from 'typeorm';
import * as columns from '../columns.js';

const kinds = ['dog', 'cat'];

export class Animals1643800001000 {
  async up(queryRunner) {
    for (const kind of kinds) {
      await queryRunner.createTable(new Table({ name: kind, columns: [columns.id, { name: 'cageId', type: 'int', isNullable: true }] }));
      await queryRunner.createForeignKey(
        kind,
        new TableForeignKey({ columnNames: ['cageId'], referencedTableName: 'cage', referencedColumnNames: ['id'] }),
      );
    }
  }

  async down(queryRunner) {
    for (const kind of kinds) await queryRunner.dropTable(kind);
  }
}
