// Records what the real Knex sends for the scripts beside this file: node record.mjs FOLDER-WITH-KNEX DRIVER KERNEL
// writes NAME.sql (the statements, values written in) and NAME.json (the tape of our shim) for every NAME.js.
// DRIVER runs a shim without a sandbox and prints its tape.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [, , modules, driver, kernel, only] = process.argv;
const folder = import.meta.dirname;
const require = createRequire(path.resolve(modules, 'index.js'));
const makeKnex = require('knex');
const Client = require('knex/lib/dialects/postgres');
const { prepareValue } = require('pg/lib/utils');
process.env.TZ = 'UTC';

let log = [];
class Recorder extends Client {
  constructor(config) {
    super(config);
    this.version = '15.0';
  }
  _driver() {
    return {};
  }
  async acquireConnection() {
    return { __knexUid: 'c' };
  }
  async releaseConnection() {}
  async _query(connection, obj) {
    log.push([obj.sql, obj.bindings || []]);
    obj.response = { rows: [], rowCount: 0, command: 'SELECT' };
    return obj;
  }
}

const constant = (value) => {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return `${value}`;
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
  return `'${`${prepareValue(value)}`.replace(/'/g, "''")}'`;
};
const written = ([sql, values]) => sql.replace(/\$(\d+)/g, (found, n) => (n <= values.length ? constant(values[n - 1]) : found));
const asks = /^(BEGIN|COMMIT|select \* from information_schema|select .*\/\* read \*\/|\/\* read)/;

for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.js')).sort()) {
  const name = file.slice(0, -3);
  if (only && name !== only) continue;
  const script = path.join(folder, file);
  log = [];
  const knex = makeKnex({ client: Recorder, log: { warn() {}, error() {}, deprecate() {}, debug() {} } });
  await require(script).up(knex);
  const statements = log.map(written).filter((sql) => !asks.test(sql));
  fs.writeFileSync(path.join(folder, `${name}.sql`), statements.map((sql) => `${sql}\n;;\n`).join(''));
  const tape = JSON.parse(execFileSync('node', [driver, kernel, path.join(folder, '../shim.js'), script, 'up']));
  fs.writeFileSync(path.join(folder, `${name}.json`), `[\n${tape.map((call) => JSON.stringify(call)).join(',\n')}\n]\n`);
}
