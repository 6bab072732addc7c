import { createRequire } from 'node:module';

const kinds = createRequire(import.meta.url)('../lib/kinds.json');

export const up = (knex) =>
  knex.schema.alterTable('animals', (table) => {
    table.enum('kind', kinds).notNullable().defaultTo(kinds[0]);
  });

export const down = (knex) => knex.schema.alterTable('animals', (table) => table.dropColumn('kind'));
