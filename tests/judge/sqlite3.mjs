// What Sequelize needs of the package `sqlite3`, by better-sqlite3: one native package serves all tools. As in sqlite3, the
// first statement of a text is run and the others are not, and whole numbers are bound as such.

import Database3 from 'better-sqlite3';

export const OPEN_READONLY = 1;
export const OPEN_READWRITE = 2;
export const OPEN_CREATE = 4;
export const OPEN_FULLMUTEX = 0x10000;

const bound = value => {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof Date) return value.valueOf();
  if (value === undefined) return null;
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? BigInt(value) : value;
};

// The first statement that can be prepared: what stands behind it is left out, as sqlite3 does.
function prepared(db, sql) {
  try {
    return db.prepare(sql);
  } catch (error) {
    if (!/more than one statement/.test(error.message)) throw error;
    for (let at = sql.indexOf(';'); at >= 0; at = sql.indexOf(';', at + 1)) {
      try {
        return db.prepare(sql.slice(0, at + 1));
      } catch {
        // The semicolon stands in a string, or inside of a trigger.
      }
    }
    throw error;
  }
}

function parameters(values) {
  if (values === undefined || values === null) return [];
  if (Array.isArray(values)) return values.map(bound);
  const named = Object.entries(values).map(([key, value]) => [key.replace(/^[$:@]/, ''), bound(value)]);
  return named.length > 0 ? [Object.fromEntries(named)] : [];
}

export class Database {
  constructor(file, mode, done) {
    this.filename = file;
    this.db = new Database3(file);
    // Packages of sqlite3 leave foreign keys off until they are asked for.
    this.db.pragma('foreign_keys = OFF');
    queueMicrotask(() => done?.call(this, null));
  }

  // Every call ends before the next one begins.
  serialize(work) {
    work?.();
  }

  work(sql, values, done) {
    if (typeof values === 'function') [values, done] = [[], values];
    let [error, rows] = [null, undefined];
    const context = { lastID: 0, changes: 0, sql };
    try {
      const statement = prepared(this.db, sql);
      if (statement.reader) rows = statement.all(...parameters(values));
      else {
        const { changes, lastInsertRowid } = statement.run(...parameters(values));
        Object.assign(context, { changes, lastID: Number(lastInsertRowid) });
        rows = [];
      }
    } catch (thrown) {
      error = Object.assign(thrown, { message: `${thrown.code ?? 'SQLITE_ERROR'}: ${thrown.message}` });
    }
    queueMicrotask(() => done?.call(context, error, error ? undefined : rows));
    return this;
  }

  run(sql, values, done) {
    return this.work(sql, values, done);
  }

  all(sql, values, done) {
    return this.work(sql, values, done);
  }

  exec(sql, done) {
    let error = null;
    try {
      this.db.exec(sql);
    } catch (thrown) {
      error = thrown;
    }
    queueMicrotask(() => done?.call(this, error));
    return this;
  }

  close(done) {
    this.db.close();
    queueMicrotask(() => done?.call(this, null));
  }
}

export default { Database, OPEN_READONLY, OPEN_READWRITE, OPEN_CREATE, OPEN_FULLMUTEX };
