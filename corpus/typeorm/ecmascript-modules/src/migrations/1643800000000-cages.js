import { Table } from 'typeorm';
import { id, stamp } from '../columns.js';

export class Cages1643800000000 {
  async up(queryRunner) {
    await queryRunner.createTable(new Table({ name: 'cage', columns: [id, { name: 'size', type: 'int' }, stamp('builtAt')] }));
  }

  async down(queryRunner) {
    await queryRunner.dropTable('cage');
  }
}
