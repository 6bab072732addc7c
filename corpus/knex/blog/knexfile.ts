import type { Knex } from 'knex';

const shared: Knex.Config = {
  client: 'pg',
  migrations: { directory: './src/migrations', extension: 'ts', tableName: 'knex_migrations' },
};

const config: Record<string, Knex.Config> = {
  development: { ...shared, connection: process.env.DATABASE_URL ?? 'postgres://localhost/blog' },
  production: { ...shared, connection: process.env.DATABASE_URL, pool: { min: 2, max: 10 } },
};

export default config;
