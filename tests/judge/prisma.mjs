// Prisma: its schema language and its schema engine, both as WebAssembly, on a PostgreSQL that `pg` reaches.
//
//   judge({database, text, home, external: tables of others, each with its schema}) → {
//     invalid: what the language has against the text; null when it is valid,
//     formatted: the text as `prisma format` leaves it,
//     drift: the statements that lead from the database to the text; null when it is not valid,
//     pulled: the text of `prisma db pull` of that database, with no models given,
//     pulledDrift: the statements that lead from the database to that; null when it is not valid itself
//   }
//
// The published adapter is not used: it splits scripts at every semicolon and does not know `"char"`, which introspection
// reads.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, DriverAdapterError } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const require = createRequire(import.meta.url);

// The engine's glue is for bundlers that import `.wasm` files; here it is handed the module.
async function engineOf() {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = readFileSync(folder.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue.SchemaEngine;
}

const SCALARS = {
  bool: ['Boolean', 16], bytea: ['Bytes', 17], char: ['Character', 18], name: ['Text', 19], int8: ['Int64', 20],
  int2: ['Int32', 21], int4: ['Int32', 23], text: ['Text', 25], oid: ['Int64', 26], json: ['Json', 114],
  float4: ['Float', 700], float8: ['Double', 701], bpchar: ['Text', 1042], varchar: ['Text', 1043],
  numeric: ['Numeric', 1700], jsonb: ['Json', 3802], uuid: ['Uuid', 2950], node: ['Text', 194],
  bools: ['BooleanArray', 1000], chars: ['CharacterArray', 1002], names: ['TextArray', 1003],
  int2s: ['Int32Array', 1005], int4s: ['Int32Array', 1007], texts: ['TextArray', 1009], int8s: ['Int64Array', 1016],
  varchars: ['TextArray', 1015], oids: ['Int64Array', 1028],
};
const TYPES = new Map(Object.values(SCALARS).map(([type, oid]) => [oid, ColumnTypeEnum[type]]));

// What the engine has PostgreSQL send as text it wants as text.
const AS_TEXT = new Set([114, 1700, 3802]);
const parsers = {
  getTypeParser: (oid, format) => (AS_TEXT.has(oid) ? text => text : pg.types.getTypeParser(oid, format)),
};

class Queryable {
  provider = 'postgres';
  adapterName = '@prisma/adapter-pg';

  constructor(client, home) {
    this.client = client;
    this.home = home;
  }

  async ask(query) {
    try {
      return await this.client.query(query);
    } catch (error) {
      const { code, severity, message, detail, column, hint } = error;
      if (!code) throw error;
      const known = { kind: 'postgres', code, severity: severity ?? 'ERROR', message, detail, column, hint };
      throw new DriverAdapterError({ ...known, originalCode: code, originalMessage: message });
    }
  }

  async queryRaw({ sql, args }) {
    const { fields, rows } = await this.ask({ text: sql, values: args, rowMode: 'array', types: parsers });
    const type = ({ name, dataTypeID }) => {
      const known = TYPES.get(dataTypeID) ?? (dataTypeID >= 16384 ? ColumnTypeEnum.Text : undefined);
      if (known === undefined) throw new Error(`column ${name} is of the unknown type ${dataTypeID}`);
      return known;
    };
    return { columnNames: fields.map(({ name }) => name), columnTypes: fields.map(type), rows };
  }

  async executeRaw({ sql, args }) {
    return (await this.ask({ text: sql, values: args })).rowCount ?? 0;
  }

  async executeScript(script) {
    await this.ask(script);
  }

  async startTransaction() {
    throw new Error('nothing is written');
  }

  getConnectionInfo() {
    return { schemaName: this.home, supportsRelationJoins: true };
  }

  async dispose() {
    await this.client.end();
  }
}

function factory(database, home) {
  const connect = async () => {
    const client = new pg.Client(database);
    client.on('error', () => {});
    await client.connect();
    return new Queryable(client, home);
  };
  const connectToShadowDb = async () => {
    throw new Error('there is no shadow database');
  };
  return { provider: 'postgres', adapterName: '@prisma/adapter-pg', connect, connectToShadowDb };
}

const language = require('@prisma/prisma-schema-wasm');
let loading;

const files = content => ({ files: [{ path: 'schema.prisma', content }] });
const bare = text => text.slice(0, text.indexOf('\n}\n', text.indexOf('\ndatasource ')) + 3);

export async function judge({ database, text, home, external }) {
  loading ??= engineOf();
  const SchemaEngine = await loading;
  const answer = { invalid: invalid(text), formatted: formatted(text), drift: null, pulled: null, pulledDrift: null };
  const head = bare(text);
  const filters = { externalTables: external, externalEnums: [] };
  const adapter = bindMigrationAwareSqlAdapterFactory(factory(database, home));
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', head]] }, () => {}, adapter);
  const drift = async schema => {
    if (invalid(schema)) return null;
    const from = { tag: 'schemaDatasource', ...files(head), configDir: '/' };
    const to = { tag: 'schemaDatamodel', ...files(schema) };
    const { stdout } = await told(engine.diff({ from, to, script: true, exitCode: null, filters }));
    return stdout.trim() === EMPTY ? '' : stdout.trim();
  };
  try {
    const pull = { schema: files(head), baseDirectoryPath: '/', force: true, compositeTypeDepth: 0, namespaces: null };
    answer.pulled = await told(engine.introspect(pull)).then(
      pulled => pulled.schema.files[0].content,
      error => {
        if (error.code === EMPTY_DATABASE) return head;
        throw error;
      },
    );
    answer.pulledDrift = await drift(answer.pulled);
    answer.drift = await drift(text);
  } catch (error) {
    // One that panicked is of no use any more.
    if (error === GONE) loading = undefined;
    throw new Error(message(error));
  }
  engine.free();
  return answer;
}

// What an engine that panics leaves behind is a promise that nothing ever comes of.
const GONE = new Error('the schema engine panicked, or takes more than a minute');

function told(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(GONE), 60_000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// The code of the error that a database without tables is.
const EMPTY_DATABASE = 'P4001';

// What the engine gives for no difference.
const EMPTY = '-- This is an empty migration.';

function invalid(text) {
  try {
    language.validate(JSON.stringify({ prismaSchema: [['schema.prisma', text]], noColor: true }));
    return null;
  } catch (error) {
    return message(error);
  }
}

function formatted(text) {
  const uri = 'file:///schema.prisma';
  const options = { textDocument: { uri }, options: { tabSize: 2, insertSpaces: true } };
  return JSON.parse(language.format(JSON.stringify([[uri, text]]), JSON.stringify(options)))[0][1];
}

// The engine's own words, out of the JSON that it wraps them in.
function message(error) {
  const text = error?.message ?? String(error);
  try {
    return JSON.parse(text).message;
  } catch {
    return text;
  }
}
