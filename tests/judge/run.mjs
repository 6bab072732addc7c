// The real tools behind a pipe: one JSON object a line in, one a line out, strictly in turn.
//
//   {"do": "open", "tool": "knex", "dir": "/…/project", "database": {"host", "port", "user", "database"} or {"file"}}
//                    → {"ok": true, "names": [every migration in the tool's order]}
//   {"do": "up"}     → {"ok": true, "name": the migration that ran, null when none is left}
//   {"do": "down"}   → {"ok": true, "name": the migration that was undone}
//   {"do": "all"}    → {"ok": true}, everything that is pending at once; for those tools that do it in one transaction
//   {"do": "close"}  → {"ok": true}
//   {"do": "datamodel", "database": {…}, "text": a schema.prisma, "home": the schema that bare names mean,
//    "external": tables of others}
//                    → {"ok": true, …} as prisma.mjs says
//
// What fails is answered with {"ok": false, "error": the tool's own words}. One project is open at a time. The project
// has to stand below this folder, so that its scripts find the tools' packages. Run as `node --import tsx start.cjs`.

import { readFileSync, existsSync, mkdirSync, symlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { Console } from 'node:console';
import pg from 'pg';

const here = dirname(fileURLToPath(import.meta.url));
const drivers = {
  drizzle: './drizzle.mjs',
  knex: './knex.mjs',
  'node-pg-migrate': './node-pg-migrate.mjs',
  sequelize: './sequelize.mjs',
  typeorm: './typeorm.mjs',
};

// The schema of the tools' own tables, which is no part of what is compared.
const BOOKS = '_judge';

// Scripts print; the answers have the pipe to themselves.
globalThis.console = new Console(process.stderr);
process.stdout.write = process.stderr.write.bind(process.stderr);
// The server ends connections when a database is dropped.
process.on('uncaughtException', error => console.error('uncaught:', error?.message ?? error));
process.on('unhandledRejection', error => console.error('unhandled:', error?.message ?? error));

let project = null;

const verbs = {
  async open({ tool, dir, database }) {
    if (project) throw new Error('another project is open');
    if (!database.file) await prepare(database);
    process.chdir(dir);
    pinVersions(dir);
    const { open } = await import(drivers[tool]);
    // SQLite has no schema to keep the tools' tables in.
    project = await open({ dir, database, books: database.file ? undefined : BOOKS });
    return { names: await project.names() };
  },
  async up() {
    return { name: (await project.up()) ?? null };
  },
  async down() {
    return { name: (await project.down()) ?? null };
  },
  async all() {
    await project.all();
    return {};
  },
  async datamodel(question) {
    return (await import('./prisma.mjs')).judge(question);
  },
  async close() {
    const open = project;
    project = null;
    process.chdir(here);
    await open?.close();
    return {};
  },
};

// Makes the schema of the tools' own tables, and says where the database is.
async function prepare(database) {
  const client = new pg.Client(database);
  await client.connect();
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${BOOKS}`);
  await client.end();
  const { host, port, user } = database;
  process.env.DATABASE_URL =
    `postgres://${user}@localhost:${port}/${database.database}?host=${encodeURIComponent(host)}`;
}

// A project that asks for TypeORM 0.3 gets it under its usual name.
function pinVersions(dir) {
  const manifest = join(dir, 'package.json');
  const wanted = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).dependencies?.typeorm : undefined;
  const link = join(dir, 'node_modules/typeorm');
  if (wanted && /^\D*0\./.test(wanted) && !existsSync(link)) {
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(here, 'node_modules/typeorm-0.3'), link);
  }
}

function words(error) {
  const seen = [];
  for (let at = error; at && !seen.includes(at.message ?? String(at)); at = at.cause) seen.push(at.message ?? String(at));
  return seen.at(-1)?.trim() || String(error);
}

// How much of a text the pipe took. One that is full takes nothing for a while: the other end is slower than we are.
function written(text, at) {
  try {
    return writeSync(1, text, at);
  } catch (error) {
    if (error.code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return 0;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { do: verb, ...rest } = JSON.parse(line);
    answer = { ok: true, ...(await verbs[verb](rest)) };
  } catch (error) {
    answer = { ok: false, error: words(error) };
  }
  const text = Buffer.from(JSON.stringify(answer) + '\n');
  for (let at = 0; at < text.length; ) at += written(text, at);
}
process.exit(0);
