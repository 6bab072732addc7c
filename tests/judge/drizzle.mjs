// drizzle: its own migrator for node-postgres. It knows no single steps: each is a folder with the same files and a journal
// that goes so far. It has no downs either.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';

const JOURNAL = 'meta/_journal.json';

export async function open({ dir, database }) {
  const folder = join(dir, 'drizzle');
  const journal = JSON.parse(readFileSync(join(folder, JOURNAL), 'utf8'));
  const copy = mkdtempSync(join(tmpdir(), 'transmigrate-drizzle-'));
  cpSync(folder, copy, { recursive: true });
  let done = 0;
  // A client of its own for each run, as a program that starts has it.
  const run = async migrationsFolder => {
    const pool = new pg.Pool({ ...database, max: 1 });
    pool.on('error', () => {});
    try {
      await migrate(drizzle(pool), { migrationsFolder });
    } finally {
      await pool.end();
    }
  };
  return {
    names: async () => journal.entries.map(({ tag }) => tag),
    async up() {
      const entry = journal.entries[done];
      if (!entry) return null;
      const entries = journal.entries.slice(0, done + 1);
      writeFileSync(join(copy, JOURNAL), JSON.stringify({ ...journal, entries }));
      await run(copy);
      done += 1;
      return entry.tag;
    },
    all: () => run(folder),
    close: async () => rmSync(copy, { recursive: true }),
  };
}
