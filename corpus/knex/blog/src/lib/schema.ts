import type { Knex } from 'knex';

/** Columns that every table has. */
export function stamps(knex: Knex, table: Knex.CreateTableBuilder): void {
  table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(knex.fn.now());
  table.timestamp('updated_at', { useTz: true }).notNullable().defaultTo(knex.fn.now());
}

const touch = (table: string) => `${table}_touched`;

/** Keeps `updated_at` up to date. */
export async function keepUpdated(knex: Knex, table: string): Promise<void> {
  await knex.raw(
    `CREATE TRIGGER ?? BEFORE UPDATE ON ?? FOR EACH ROW EXECUTE FUNCTION touch_updated_at()`,
    [touch(table), table],
  );
}

export async function forgetUpdated(knex: Knex, table: string): Promise<void> {
  await knex.raw('DROP TRIGGER IF EXISTS ?? ON ??', [touch(table), table]);
}

export const isPostgres = (knex: Knex): boolean => ['pg', 'postgres', 'postgresql'].includes(knex.client.config.client);
