import type { Knex } from 'knex';

export const config = { transaction: false };

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`ALTER TYPE user_role ADD VALUE IF NOT EXISTS 'moderator'`);
  await knex.raw('CREATE INDEX CONCURRENTLY IF NOT EXISTS comments_recent ON comments (created_at DESC)');
}

// The role stays: PostgreSQL takes no value back.
export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX CONCURRENTLY IF EXISTS comments_recent');
}
