// Sequelize's names: what a migration may ask for and what each thing gives back. Their meaning is in `meaning.rs`.
// Version 6.37 (`sequelize`), with what version 7 (`@sequelize/core`) adds.
(function ($, host, dialect) {
  'use strict';
  const { hole, resolved, mark, offer, tell, create } = $;
  const { defineProperty, setPrototypeOf } = Object;
  const isArray = Array.isArray;
  const isFunction = (x) => typeof x === 'function';
  const hidden = (target, key, value) => defineProperty(target, key, { value, writable: true, configurable: true });
  // An object of which every unknown member is something that only a real run can know. `make` gives members that are
  // made when they are first asked for.
  const open = (name, known, make) =>
    new Proxy(known, {
      get: (_, key) => {
        if (typeof key === 'symbol' || key === 'then' || key === '__esModule' || key in known) return known[key];
        const made = make && make(key);
        if (made === undefined) return hole(`${name}.${key}`);
        hidden(known, key, made);
        return made;
      },
      has: () => true,
      ownKeys: () => (make ? host.stop(`the names of ${name}`) : Reflect.ownKeys(known)),
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
  const types = open('DataTypes', DataTypes, type);

  const CHECKS = ' INITIALLY_DEFERRED INITIALLY_IMMEDIATE NOT ';
  const Deferrable = open('Deferrable', create(null), (key) => (named(CHECKS, key) ? kind('Deferrable', key) : undefined));

  // Operators are keys of objects; the mark before the name is in no column's name.
  const OPERATORS =
    ' eq ne gte gt lte lt not is in notIn like notLike iLike notILike startsWith endsWith substring regexp notRegexp ' +
    'iRegexp notIRegexp between notBetween overlap contains contained adjacent strictLeft strictRight noExtendRight ' +
    'noExtendLeft and or any all values col placeholder join match ';
  const Op = open('Op', create(null), (key) => (named(OPERATORS, key) ? `\ue010${key}` : undefined));

  // Expressions.
  class Literal { constructor(val) { this.val = val; } }
  class Fn { constructor(fn, args) { this.fn = fn; this.args = args; } }
  class Col { constructor(col) { this.col = col; } }
  class Cast { constructor(val, type) { this.val = val; this.type = type; } }
  class Json { constructor(path, value) { this.path = path; this.value = value; } }
  class Where {
    constructor(attribute, comparator, logic) {
      this.attribute = attribute;
      this.comparator = logic === undefined ? '=' : comparator;
      this.logic = logic === undefined ? comparator : logic;
    }
  }
  const classes = { Literal, Fn, Col, Cast, Json, Where };
  for (const name in classes) offer(name, classes[name]);
  const methods = {
    literal: (val) => new Literal(val),
    fn: (fn, ...args) => new Fn(fn, args),
    col: (col) => new Col(col),
    cast: (val, type) => new Cast(val, type),
    json: (path, value) => new Json(path, value),
    where: (attribute, comparator, logic) => new Where(attribute, comparator, logic),
    and: (...args) => ({ [Op.and]: args }),
    or: (...args) => ({ [Op.or]: args }),
    random: () => new Fn('RANDOM', []),
  };
  const KINDS =
    ' SELECT INSERT UPDATE BULKUPDATE BULKDELETE DELETE UPSERT VERSION SHOWTABLES SHOWINDEXES DESCRIBE RAW FOREIGNKEYS ' +
    'SHOWCONSTRAINTS ';
  const QueryTypes = open('QueryTypes', create(null), (key) => (named(KINDS, key) ? key : undefined));

  // Transactions.
  class Transaction {
    async commit() { tell('transaction.commit', []); this.finished = 'commit'; }
    async rollback() { tell('transaction.rollback', []); this.finished = 'rollback'; }
    afterCommit(fn) { tell('transaction.afterCommit', [fn]); }
  }
  offer('Transaction', Transaction);
  const levels = {};
  for (const level of ['READ UNCOMMITTED', 'READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE']) {
    levels[level.replace(' ', '_')] = level;
  }
  Transaction.ISOLATION_LEVELS = levels;
  Transaction.TYPES = { DEFERRED: 'DEFERRED', IMMEDIATE: 'IMMEDIATE', EXCLUSIVE: 'EXCLUSIVE' };
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

  // Models: what they read, only a real run knows; what they write is told.
  const reads = /^(find|count|max|min|sum|aggregate|get|scope|unscoped|build|rawAttributes|describe)/;
  const model = (name) =>
    new Proxy(class {}, {
      get(target, key, self) {
        if (typeof key === 'symbol' || key === 'prototype' || key === 'then') return target[key];
        const full = `${name}.${key}`;
        const call = (...args) => (reads.test(key) || tell('model.write', [full]), hole(`${full}(…)`));
        return new Proxy(call, { get: (_, inner) => (typeof inner === 'symbol' ? undefined : hole(`${full}.${inner}`)) });
      },
      set: () => true,
    });

  const quoted = (name) => (typeof name === 'object' ? hole('a quoted name') : `"${String(name).split('"').join('')}"`);
  const quoteTable = (table) =>
    typeof table === 'object' && table !== null && table.tableName !== undefined
      ? (table.schema ? `${quoted(table.schema)}.` : '') + quoted(table.tableName)
      : quoted(table);
  const escape = (value) =>
    typeof value === 'string' && !value.includes('\ue000')
      ? `'${value.split("'").join("''")}'`
      : typeof value === 'number' || typeof value === 'boolean' ? `${value}`
      : value === null || value === undefined ? 'NULL' : hole('sequelize.escape(…)');

  // The query interface and the instance of Sequelize in one, so that it serves as umzug's context too.
  const asks = {
    describeTable: 1, showAllTables: 1, showIndex: 1, tableExists: 1, showConstraint: 1, showAllSchemas: 1,
    getForeignKeyReferencesForTable: 1, getForeignKeysForTables: 1, assertTableHasColumn: 1, showConstraints: 1,
    listTables: 1, fetchDatabaseVersion: 1, databaseVersion: 1, pgListEnums: 1, rawSelect: 1, select: 1,
    showAllDatabases: 1, listSchemas: 1, listDatabases: 1,
  };
  const known = create(null);
  const db = new Proxy(known, {
    get(_, key) {
      if (typeof key === 'symbol') return undefined;
      if (key in known) return known[key];
      if (key === 'then' || key === 'toJSON') return undefined;
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
  });
  // A statement, and then its rows.
  const query = async (sql, options) => {
    tell('sequelize.sql', [sql, options]);
    return host.ask('sequelize.query', [sql, options]);
  };
  const generator = open('queryGenerator', {
    quoteTable, quoteIdentifier: quoted, escape, quoteIdentifiers: (name) => quoted(name),
    addSchema: ({ tableName, _schema }) => ({ tableName, schema: _schema, delimiter: '.' }),
  });
  const instance = {
    ...methods, query, queryRaw: query, transaction, startUnmanagedTransaction: transaction, escape, QueryTypes,
    queryGenerator: generator, QueryGenerator: generator, quoteTable, quoteIdentifier: quoted,
    quoteIdentifiers: (name) => quoted(name),
    getDialect: () => dialect,
    getDatabaseName: () => hole('sequelize.getDatabaseName()'),
    getQueryInterface: () => db,
    dialect: open('sequelize.dialect', { name: dialect, queryGenerator: generator }),
    options: open('sequelize.options', { dialect }),
    config: hole('sequelize.config'), connectionManager: hole('sequelize.connectionManager'),
    models: new Proxy(create(null), {
      get: (_, key) => (typeof key === 'symbol' || key === 'then' ? undefined : model(`sequelize.models.${key}`)),
    }),
    model: (name) => model(`sequelize.model(${name})`),
    define: (name) => model(name),
    authenticate: () => resolved(undefined),
    close: () => resolved(undefined),
    withoutForeignKeyChecks: (callback) => callback(db),
  };
  for (const key in instance) known[key] = instance[key];
  known.sequelize = known.queryInterface = known.context = known.instance = db;

  const Sequelize = function () { return hole('new Sequelize(…)'); };
  const ERRORS =
    ' BaseError ValidationError DatabaseError UniqueConstraintError ForeignKeyConstraintError UnknownConstraintError ' +
    'ExclusionConstraintError TimeoutError ConnectionError AggregateError EmptyResultError ';
  // Version 7 hands the instance where version 6 hands the library.
  const members = {
    __proto__: null,
    DataTypes: () => types, Op: () => Op, QueryTypes: () => QueryTypes, Transaction: () => Transaction,
    Deferrable: () => Deferrable, Sequelize: () => library, default: () => library, Model: () => model('Model'),
    Utils: () => open('Sequelize.Utils', { ...classes }), QueryInterface: () => class {}, IsolationLevel: () => levels,
    TransactionNestMode: () => ({}),
    ConstraintType: () => ({ CHECK: 'CHECK', DEFAULT: 'DEFAULT', UNIQUE: 'UNIQUE', FOREIGN_KEY: 'FOREIGN KEY', PRIMARY_KEY: 'PRIMARY KEY' }),
    query: () => query, transaction: () => transaction, queryInterface: () => db, sequelize: () => db,
    getQueryInterface: () => () => db, getDialect: () => () => dialect, models: () => instance.models,
    dialect: () => instance.dialect, escape: () => escape,
    sql: () => open('sql', { ...methods, identifier: (...path) => new Col(path.join('.')) }),
  };
  const library = open('Sequelize', Sequelize, (key) => {
    if (members[key] !== undefined) return members[key]();
    if (methods[key] !== undefined) return methods[key];
    return named(ERRORS, key) ? class extends Error {} : type(key);
  });
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
