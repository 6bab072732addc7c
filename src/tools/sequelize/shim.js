// Sequelize's names: what a migration may ask for and what each thing gives back. Their meaning is in `meaning.rs`.
// Version 6.37 (`sequelize`), with what version 7 (`@sequelize/core`) adds.
(function ($, host, dialect) {
  'use strict';
  const { hole, resolved, mark, reaches, offer, tell, create } = $;
  const { defineProperty } = Object;
  const { ownKeys } = Reflect;
  const isArray = Array.isArray;
  const isFunction = (x) => typeof x === 'function';
  const hidden = (target, key, value) => defineProperty(target, key, { value, writable: true, configurable: true });
  // An object of which every unknown member is something that only a real run can know. `make` gives members that are
  // made when they are first asked for; `names` are all of them, where they are known.
  const open = (name, known, make, names) =>
    new Proxy(known, {
      get: (_, key) => {
        if (typeof key === 'symbol' || key === 'then' || key === '__esModule' || key in known) return known[key];
        const made = make && make(key);
        if (made === undefined) return hole(`${name}.${key}`);
        defineProperty(known, key, { value: made, writable: true, configurable: true, enumerable: names !== undefined });
        return made;
      },
      has: () => true,
      ownKeys: () => {
        if (make && names === undefined) host.stop(`the names of ${name}`);
        if (names === undefined) return ownKeys(known);
        // In their own order, whichever were asked for before.
        const listed = create(null);
        const all = names.trim().split(' ');
        for (let n = 0; n < all.length; n += 1) {
          if (!(all[n] in known)) known[all[n]] = make(all[n]);
          listed[all[n]] = true;
        }
        for (const key of ownKeys(known)) listed[key] = true;
        return ownKeys(listed);
      },
    });
  const named = (names, key) => !key.includes(' ') && names.includes(` ${key} `);

  // Types: `STRING`, `STRING(10)`, `new STRING(10)`, `STRING(10).BINARY`.
  class DataType {}
  offer('DataType', DataType);
  const proto = DataType.prototype;
  for (const flag of ['BINARY', 'UNSIGNED', 'ZEROFILL']) {
    defineProperty(proto, flag, { get() { return flagged(this, flag); } });
  }
  const flat = (args) => {
    const first = args[0];
    if (args.length === 1 && typeof first === 'object' && first !== null && !isArray(first)) return first.values;
    let out = [];
    for (let i = 0; i < args.length; i += 1) out = out.concat(args[i]);
    return out;
  };
  defineProperty(proto, 'values', { get() { return this.key === 'ENUM' ? flat(this.args) : undefined; }, set() {} });
  hidden(proto, 'toSql', function () { return hole(`DataTypes.${this.key}`); });
  hidden(proto, 'toString', proto.toSql);
  const flagged = (type, flag) => ((type.flags = (type.flags || []).concat([flag])), type);
  const kind = (given, key) => {
    const made = function (...args) {
      const self = create(made.prototype);
      self.key = key;
      self.args = args;
      return self;
    };
    made.prototype = create(proto);
    made.key = key;
    for (const flag of ['BINARY', 'UNSIGNED', 'ZEROFILL']) {
      defineProperty(made, flag, { get: () => flagged(made(), flag) });
    }
    hidden(made, 'toString', proto.toSql);
    return mark(made, 3, given);
  };
  const TYPES =
    ' ABSTRACT STRING CHAR TEXT NUMBER TINYINT SMALLINT MEDIUMINT INTEGER BIGINT FLOAT TIME DATE DATEONLY BOOLEAN NOW BLOB ' +
    'DECIMAL UUID UUIDV1 UUIDV4 HSTORE JSON JSONB VIRTUAL ARRAY ENUM RANGE REAL DOUBLE GEOMETRY GEOGRAPHY CIDR INET ' +
    'MACADDR MACADDR8 CITEXT TSVECTOR ';
  const ALIASES = { __proto__: null, NUMERIC: 'DECIMAL', 'DOUBLE PRECISION': 'DOUBLE' };
  const DataTypes = create(null);
  const type = (key) => {
    if (DataTypes[key] !== undefined) return DataTypes[key];
    const name = ALIASES[key];
    if (name !== undefined) return (DataTypes[key] = type(name));
    return named(TYPES, key) ? (DataTypes[key] = kind('DataType', key)) : undefined;
  };
  // Projects add types of their own.
  const types = open('DataTypes', DataTypes, type, TYPES);

  // Transactions.
  class Transaction {
    async commit() { tell('transaction.commit', []); this.finished = 'commit'; }
    async rollback() { tell('transaction.rollback', []); this.finished = 'rollback'; }
    afterCommit(fn) { tell('transaction.afterCommit', [fn]); }
  }
  offer('Transaction', Transaction);
  const LOCK = { UPDATE: 'UPDATE', SHARE: 'SHARE', KEY_SHARE: 'KEY SHARE', NO_KEY_UPDATE: 'NO KEY UPDATE' };
  Transaction.LOCK = LOCK;
  defineProperty(Transaction.prototype, 'LOCK', { value: LOCK });
  const transaction = async (options, callback) => {
    const run = isFunction(options) ? options : callback;
    tell('sequelize.transaction', isFunction(options) ? [] : [options]);
    const made = new Transaction();
    if (run === undefined) return made;
    const result = await run(made);
    await made.commit();
    return result;
  };

  // The query interface and the instance of Sequelize in one, so that it serves as umzug's context too.
  const asks = {
    describeTable: 1, showAllTables: 1, showIndex: 1, tableExists: 1, showConstraint: 1, showAllSchemas: 1,
    getForeignKeyReferencesForTable: 1, getForeignKeysForTables: 1, assertTableHasColumn: 1, showConstraints: 1,
    listTables: 1, fetchDatabaseVersion: 1, databaseVersion: 1, pgListEnums: 1, rawSelect: 1, select: 1,
    showAllDatabases: 1, listSchemas: 1, listDatabases: 1,
  };
  const RARE =
    ' literal fn col cast json where and or random queryRaw startUnmanagedTransaction escape QueryTypes queryGenerator ' +
    'QueryGenerator quoteTable quoteIdentifier quoteIdentifiers getDialect getDatabaseName getQueryInterface dialect ' +
    'options config connectionManager models model define authenticate close withoutForeignKeyChecks ';
  const known = create(null);
  const db = reaches(new Proxy(known, {
    get(_, key) {
      if (typeof key === 'symbol') return undefined;
      if (key in known) return known[key];
      if (key === 'then' || key === 'toJSON') return undefined;
      if (named(RARE, key)) return hidden(known, key, rest().instance[key])[key];
      const name = `queryInterface.${key}`;
      const call = (...args) => {
        if (asks[key]) {
          const answer = host.ask(name, args);
          return key === 'describeTable' && answer === null
            ? $.then(resolved(), () => { throw new Error(`No description found for "${args[0]}" table.`); })
            : resolved(answer);
        }
        tell(name, args);
        return resolved(hole(`${name}(…)`));
      };
      // What is no method after all.
      return new Proxy(call, {
        get: (target, inner) => (typeof inner === 'symbol' || inner in target ? target[inner] : hole(`${name}.${inner}`)),
      });
    },
    set: (_, key, value) => ((known[key] = value), true),
    has: () => true,
  }));
  // A statement, and then its rows.
  const query = async (sql, options) => {
    tell('sequelize.sql', [sql, options]);
    return host.ask('sequelize.query', [sql, options]);
  };
  known.query = query;
  known.transaction = transaction;
  known.sequelize = known.queryInterface = known.context = known.instance = db;

  const Sequelize = function () { return hole('new Sequelize(…)'); };
  // What is rarer, once a script asks for it.
  let more;
  const rest = () =>
    (more = more || $.part('library', { open, named, kind, types, Transaction, transaction, query, db, library }, dialect));
  const library = open('Sequelize', Sequelize, (key) => (key === 'DataTypes' ? types : type(key) || rest().member(key)));
  known.Sequelize = known.constructor = library;
  known.DataTypes = types;

  return {
    modules: {
      sequelize: () => library,
      '@sequelize/core': () => library,
      '@sequelize/postgres': () => open('@sequelize/postgres', {}),
      'sequelize-cli': () => hole("require('sequelize-cli')"),
      'sequelize-typescript': () => library,
    },
    async run(exports, direction) {
      const inner = exports && exports.default;
      const own = exports && (isFunction(exports.up) || isFunction(exports.down)) ? exports : inner || exports || {};
      tell('module', [{ kind: 'object', hasUp: isFunction(own.up), hasDown: isFunction(own.down) }]);
      const run = own[direction];
      if (isFunction(run)) await run.call(own, db, library);
    },
  };
})
