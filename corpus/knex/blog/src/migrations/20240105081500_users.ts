import type { Knex } from 'knex';
import { forgetUpdated, keepUpdated, stamps } from '../lib/schema';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.updated_at = now();
      RETURN NEW;
    END
    $$;
  `);
  await knex.schema.createTable('users', (table) => {
    table.uuid('id').primary().defaultTo(knex.raw('gen_random_uuid()'));
    table.string('email', 320).notNullable().unique();
    table.string('name').notNullable();
    table.enu('role', ['admin', 'author', 'reader'], { useNative: true, enumName: 'user_role' }).notNullable().defaultTo('reader');
    stamps(knex, table);
  });
  await keepUpdated(knex, 'users');
}

export async function down(knex: Knex): Promise<void> {
  await forgetUpdated(knex, 'users');
  await knex.schema.dropTable('users');
  await knex.raw('DROP TYPE user_role');
  await knex.raw('DROP FUNCTION touch_updated_at()');
}
