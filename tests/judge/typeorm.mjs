// TypeORM: the project's DataSource, given one more of its migrations at each step. The version is the one that the
// project's own scripts import.

import { exportsOf, first } from './load.mjs';

const FILES = ['src/', '', 'src/database/', 'src/db/'].flatMap(folder =>
  ['data-source.ts', 'data-source.js', 'data-source.mjs', 'datasource.ts', 'ormconfig.ts', 'ormconfig.js'].map(file => folder + file),
);

export async function open({ dir, database, books }) {
  const path = first(dir, FILES);
  if (!path) throw new Error('no data source file');
  const exports = await exportsOf(path);
  const found = [exports, ...Object.values(exports)].find(it => typeof it?.runMigrations === 'function');
  if (!found) throw new Error('the data source file exports no DataSource');
  const source = await found;
  const { user, file, ...where } = database;
  source.setOptions({
    ...(file ? { database: file } : { ...where, url: undefined, username: user, installExtensions: false }),
    migrationsTableName: books ? `${books}.migrations` : 'migrations',
    synchronize: false,
    migrationsRun: false,
    dropSchema: false,
    logging: false,
    subscribers: [],
  });
  await source.initialize();
  // As MigrationExecutor.getMigrations has it: the class's name ends in 13 digits of milliseconds.
  const name = migration => migration.name ?? migration.constructor.name;
  const time = migration => parseInt(name(migration).slice(-13), 10);
  const all = [...source.migrations].sort((a, b) => time(a) - time(b));
  const transaction = source.options.migrationsTransactionMode ?? 'all';
  let done = 0;
  return {
    async names() {
      return all.map(name);
    },
    async up() {
      if (done === all.length) return undefined;
      source.migrations = all.slice(0, done + 1);
      const ran = await source.runMigrations({ transaction });
      done += 1;
      // It may have been run before the database was put back.
      return ran.length > 0 ? ran[0].name : this.up();
    },
    async down() {
      source.migrations = all.slice(0, done);
      await source.undoLastMigration({ transaction });
      done -= 1;
      return name(all[done]);
    },
    close: () => source.destroy(),
  };
}
