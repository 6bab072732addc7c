// Records what the real TypeORM does with the scripts beside it, on a real PostgreSQL:
//   . tests/postgres.sh; trap stop_cluster EXIT; start_cluster
//   NODE_PATH=<folder with typeorm, pg, reflect-metadata>/node_modules node src/tools/typeorm/cases/record.mjs
// writes <case>.<version>.json: per migration and direction the tape that our shim gives (its questions answered with what the
// real query runner answered), and the statements that the real one sent. A case sends no SELECT of its own.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { createRequire } from 'node:module';

const here = path.dirname(new URL(import.meta.url).pathname);
const require = createRequire(path.join(process.env.NODE_PATH, 'x'));
require('reflect-metadata');
const typeorm = require('typeorm');
const version = JSON.parse(fs.readFileSync(path.join(process.env.NODE_PATH, 'typeorm/package.json'), 'utf8')).version;
const Module = require('node:module');
const load = Module._load;
let stand = typeorm;
Module._load = (name, ...rest) => (name === 'typeorm' ? stand : load(name, ...rest));
const scripts = createRequire(import.meta.url);
const ASKS = ['hasTable', 'hasColumn', 'hasSchema', 'getTable', 'getTables', 'getCurrentSchema'];
const REFRESHES = ['addColumn', 'dropColumn', 'renameColumn', 'changeColumn', 'createPrimaryKey', 'updatePrimaryKeys', 'dropPrimaryKey', 'changeTableComment'];
const plain = (x) => (x === undefined ? null : JSON.parse(JSON.stringify(x)));

// The real run.
async function real(file) {
  const sql = [];
  let quiet = 0;
  const admin = new typeorm.DataSource({ type: 'postgres', host: process.env.PGHOST, username: 'postgres', database: 'postgres' });
  await admin.initialize();
  await admin.query('DROP DATABASE IF EXISTS recorded');
  await admin.query('CREATE DATABASE recorded');
  await admin.destroy();
  const logger = { logQuery(text, parameters) { if (!quiet) sql.push(parameters && parameters.length ? { text, parameters } : { text }); }, logQueryError() {}, logQuerySlow() {}, logSchemaBuild() {}, logMigration() {}, log() {} };
  const source = new typeorm.DataSource({ type: 'postgres', host: process.env.PGHOST, username: 'postgres', database: 'recorded', logger, logging: true, entities: [] });
  await source.initialize();
  await source.query('CREATE EXTENSION IF NOT EXISTS "uuid-ossp"');
  await source.query('CREATE TABLE typeorm_metadata ("type" varchar NOT NULL, "database" varchar, "schema" varchar, "table" varchar, "name" varchar, "value" text)');
  stand = typeorm;
  delete scripts.cache[file];
  const migrations = Object.values(scripts(file)).map((Type) => new Type());
  const runs = [];
  const one = async (migration, direction) => {
    const runner = source.createQueryRunner();
    await runner.startTransaction();
    sql.length = 0;
    const answers = [], kept = [];
    let depth = 0;
    for (const name of REFRESHES) {
      const real = runner[name];
      runner[name] = async (...args) => {
        depth += 1;
        await real.apply(runner, args);
        depth -= 1;
        if (depth === 0) kept.push(plain(runner.loadedTables));
      };
    }
    const seen = new Proxy(runner, {
      get(target, key) {
        const value = target[key];
        if (ASKS.includes(key)) {
          return async (...args) => {
            quiet += 1;
            const answer = await value.apply(target, args);
            quiet -= 1;
            answers.push(plain(answer));
            return answer;
          };
        }
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    await migration[direction](seen);
    // What TypeORM asks the server by itself, and its own bookkeeping, is not what the migration does.
    const sent = sql.filter(({ text }) => !/^SELECT\b/i.test(text) && !/"typeorm_metadata"/.test(text));
    if (runner.isTransactionActive) await runner.commitTransaction();
    await runner.release();
    runs.push({ migration: migration.constructor.name, direction, answers, kept, sql: sent.map((one) => (one.parameters ? one : one.text)) });
  };
  for (const migration of migrations) await one(migration, 'up');
  for (const migration of [...migrations].reverse()) if (migration.down) await one(migration, 'down');
  await source.destroy();
  return runs;
}

// The same with our shim: the tape, in the serde form of `js::Call`.
async function ours(file, run) {
  const tape = [], chains = [], bodies = [], holes = [], answers = [...run.answers], kept = [...run.kept];
  let now = [];
  let kernel;
  const text = (s) => {
    if (!s.includes('\ue000')) return { text: s };
    const pieces = [];
    let last = 0;
    for (const m of s.matchAll(/\ue000(\d+)\ue001/g)) {
      if (m.index > last) pieces.push({ text: s.slice(last, m.index) });
      pieces.push({ hole: { source: holes[m[1]] } });
      last = m.index + m[0].length;
    }
    if (last < s.length) pieces.push({ text: s.slice(last) });
    return pieces.length === 1 && pieces[0].hole ? pieces[0] : { mixed: pieces };
  };
  const fields = (v) => Object.keys(v).map((key) => [key, encode(v[key])]);
  const encode = (v) => {
    if (v === undefined) return 'undefined';
    if (v === null) return 'null';
    switch (typeof v) {
      case 'boolean': return { bool: v };
      case 'number': return { number: v };
      case 'bigint': return { big_int: String(v) };
      case 'string': return text(v);
      default:
    }
    const id = kernel.identify(v);
    if (id) {
      if (id[0] === 0) return { chain: chains[id[1]] };
      if (id[0] === 1) return { hole: { source: holes[id[1]] } };
      if (id[0] === 2) return { body: bodies[id[1]].map((at) => chains[at]) };
      return { made: [id[1], fields(v)] };
    }
    if (typeof v === 'function') return { function: String(v) };
    if (v instanceof Date) return { date: +v };
    if (ArrayBuffer.isView(v)) return { bytes: [...v] };
    if (Array.isArray(v)) return { list: v.map(encode) };
    return { object: fields(v) };
  };
  const call = (name, args) => ({ name, args: args.map(encode), at: { module: 0, start: 0, end: 0 } });
  const ask = (name, args) => {
    // Where the shim looks a table up again for itself, the real one had no need to.
    const known = asked && ASKS.includes(name.split('.')[1]);
    const entry = { ask: call(name, args) };
    tape.push(entry);
    if (name === 'queryRunner.keptTable') {
      const table = now.find((one) => `${one.schema}.${one.name.split('.').pop()}` === args[0] || one.name === args[0]);
      entry.answer = table === undefined ? null : table;
      return table;
    }
    if (!known) return kernel.hole('unasked');
    entry.answer = answers.shift();
    return entry.answer === null ? undefined : entry.answer;
  };
  let asked = true;
  const host = {
    hole: (s) => holes.push(s) - 1, source: (id) => holes[id], words: (s) => s, stop(s) { throw new Error(`hole: ${s}`); },
    chain(body) { chains.push([]); if (body >= 0) bodies[body].push(chains.length - 1); return chains.length - 1; },
    step(id, name, args) { chains[id].push(call(name, args)); }, body: () => bodies.push([]) - 1, later() {},
    tell(name, args) { tape.push({ tell: call(name, args) }); if (REFRESHES.includes(name.split('.')[1])) now = kept.shift() ?? []; asked = name === 'module'; queueMicrotask(() => { asked = true; }); }, ask,
  };
  // In a realm of their own: the kernel changes what it stands on.
  const realm = vm.createContext({});
  const PARTS = { runner: '../runner.js', tables: '../tables.js', rows: '../rows.js' };
  host.part = (name) => evaluate(PARTS[name] ?? `../../../js/guest/${name}.js`);
  const evaluate = (file) => vm.runInContext(fs.readFileSync(path.join(here, file), 'utf8'), realm);
  kernel = evaluate('../../../js/guest/kernel.js')(host, (part) => part);
  const shim = evaluate('../shim.js')(kernel, host, 'postgres');
  stand = shim.modules.typeorm();
  delete scripts.cache[file];
  const Type = scripts(file)[run.migration];
  await shim.run({ [run.migration]: Type }, run.direction);
  return tape;
}

for (const name of fs.readdirSync(here).filter((name) => name.endsWith('.js')).sort()) {
  const file = path.join(here, name);
  const runs = await real(file);
  for (const run of runs) {
    run.tape = await ours(file, run);
    delete run.answers;
    delete run.kept;
  }
  const out = path.join(here, `${name.slice(0, -3)}.${version}.json`);
  fs.writeFileSync(out, `[\n${runs.map((run) => JSON.stringify(run)).join(',\n')}\n]\n`);
  console.log(`${path.basename(out)}: ${runs.length} runs, ${runs.reduce((sum, run) => sum + run.sql.length, 0)} statements`);
}
process.exit(0);
