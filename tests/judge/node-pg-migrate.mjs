// node-pg-migrate: its own runner, one migration at a time, each in a transaction of its own.

import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import pg from 'pg';
import { runner } from 'node-pg-migrate';

export async function open({ dir, database, books }) {
  const folder = join(dir, 'migrations');
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const run = async (direction, count, singleTransaction) => {
    const dbClient = new pg.Client(database);
    dbClient.on('error', () => {});
    await dbClient.connect();
    try {
      return await runner({
        dbClient,
        dir: folder,
        direction,
        count,
        singleTransaction,
        migrationsTable: 'pgmigrations',
        migrationsSchema: books,
        logger: quiet,
      });
    } finally {
      await dbClient.end();
    }
  };
  return {
    names: async () => readdirSync(folder).map(file => parse(file).name).sort(),
    up: async () => (await run('up', 1, false))[0]?.name,
    down: async () => (await run('down', 1, false))[0]?.name,
    all: () => run('up', Infinity, true),
    close: async () => {},
  };
}
