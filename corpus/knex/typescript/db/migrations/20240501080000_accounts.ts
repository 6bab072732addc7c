import { Knex } from 'knex';
import { Tables } from '../tables';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable(Tables.Account, (table: Knex.CreateTableBuilder): void => {
    table.uuid('id').primary().defaultTo(knex.raw('gen_random_uuid()'));
    table.string('email', 320).notNullable();
    table.unique(['email'], { indexName: `${Tables.Account}_one_email` });
    table.timestamps(true, true);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable(Tables.Account);
}
