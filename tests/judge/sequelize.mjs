// Sequelize: umzug, called as sequelize-cli 6.6.5 does (src/core/migrator.js, umzug 2's src/migration.js), or the
// project's own umzug when it has one.

import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { Sequelize } from 'sequelize';
import { SequelizeStorage, Umzug } from 'umzug';
import { exportsOf, first } from './load.mjs';

// The files that sequelize-cli runs.
const PATTERN = /^(?!.*\.d\.ts$).*\.(cjs|js|cts|ts)$/;

export async function open({ dir, database, books }) {
  const own = first(dir, ['umzug.js', 'umzug.ts', 'umzug.mjs', 'src/umzug.ts']);
  const { umzug, sequelize } = own ? await ofProject(own) : await ofCli(dir, database);
  umzug.storage = new SequelizeStorage({ sequelize, modelName: 'Books', tableName: 'SequelizeMeta', schema: books });
  return {
    async names() {
      return [...(await umzug.executed()), ...(await umzug.pending())].map(({ name }) => name);
    },
    async up() {
      return (await umzug.up({ step: 1 }))[0]?.name;
    },
    async down() {
      return (await umzug.down())[0]?.name;
    },
    close: () => sequelize.close(),
  };
}

// `umzug.js` exports `umzug` and `sequelize`.
async function ofProject(path) {
  const { umzug, sequelize } = await exportsOf(path);
  sequelize.options.logging = false;
  return { umzug, sequelize };
}

async function ofCli(dir, database) {
  const rc = existsSync(join(dir, '.sequelizerc')) ? createRequire(dir)(join(dir, '.sequelizerc')) : {};
  const settings = rc.config ? resolve(dir, rc.config) : first(dir, ['config/config.js', 'config/config.json']);
  let config = await exportsOf(settings);
  if (typeof config === 'function') config = await config();
  config = config[process.env.NODE_ENV ?? 'development'] ?? config;
  const { user, file, ...where } = database;
  const { use_env_variable, url, password, ...rest } = config;
  const place = file
    ? { dialect: 'sqlite', storage: file, dialectModule: await import('./sqlite3.mjs') }
    : { ...where, username: user, pool: { max: 3 } };
  const sequelize = new Sequelize({ ...rest, ...place, logging: false });
  const folder = resolve(dir, rc['migrations-path'] ?? 'migrations');
  const load = createRequire(join(folder, 'any.js'));
  const call = (path, method) => async () => {
    const exports = load(path);
    const run = exports.default?.[method] ?? exports[method];
    if (!run) throw new Error(`Could not find migration method: ${method}`);
    return run.call(exports, sequelize.getQueryInterface(), Sequelize);
  };
  const files = readdirSync(folder).filter(file => PATTERN.test(file)).sort();
  const migrations = files.map(name => {
    const path = join(folder, name);
    return { name, path, up: call(path, 'up'), down: call(path, 'down') };
  });
  return { umzug: new Umzug({ migrations, logger: undefined }), sequelize };
}
