// Knex: its own migrator, one migration at a time.

import knex from 'knex';
import { exportsOf, first } from './load.mjs';

const FILES = ['js', 'ts', 'cjs', 'mjs'].map(extension => `knexfile.${extension}`);

export async function open({ dir, database, books }) {
  const path = first(dir, FILES);
  if (!path) throw new Error('no knexfile');
  let config = await exportsOf(path);
  if (typeof config === 'function') config = await config();
  if (!config.client) config = config[process.env.NODE_ENV ?? 'development'];
  const instance = knex({
    ...config,
    ...(database.file
      ? { client: 'better-sqlite3', connection: { filename: database.file } }
      : { connection: database, pool: { min: 0, max: 3 } }),
    migrations: { ...config.migrations, schemaName: books },
  });
  const { migrate } = instance;
  return {
    async names() {
      const [done, pending] = await migrate.list();
      return [...done.map(({ name }) => name), ...pending.map(({ file }) => file)];
    },
    async up() {
      return (await migrate.up())[1][0];
    },
    async down() {
      return (await migrate.down())[1][0];
    },
    async all() {
      await migrate.latest();
    },
    close: () => instance.destroy(),
  };
}
