import sizes, { stamps } from '../lib/columns.js';
import { readFileSync } from 'node:fs';

/** @param {import('knex').Knex} knex */
export async function up(knex) {
  await knex.schema.createTable('animals', (table) => {
    table.increments('id');
    table.string('name', sizes.nameLength).notNullable();
    stamps(table, knex);
  });
}

/** @param {import('knex').Knex} knex */
export async function down(knex) {
  await knex.schema.dropTable('animals');
}
