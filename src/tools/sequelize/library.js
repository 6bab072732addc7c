// What Sequelize's library and its instance offer besides types, statements and transactions: expressions, operators,
// models, texts. A part of the shim, for the scripts that ask for it.
(function ($, host, core, dialect) {
  'use strict';
  const { hole, resolved, offer, tell, create } = $;
  const { open, named, kind, types, Transaction, transaction, query, db, library } = core;

  const CHECKS = ' INITIALLY_DEFERRED INITIALLY_IMMEDIATE NOT ';
  const Deferrable = open('Deferrable', create(null), (key) => (named(CHECKS, key) ? kind('Deferrable', key) : undefined), CHECKS);

  // Operators are keys of objects; the mark before the name is in no column's name.
  const OPERATORS =
    ' eq ne gte gt lte lt not is in notIn like notLike iLike notILike startsWith endsWith substring regexp notRegexp ' +
    'iRegexp notIRegexp between notBetween overlap contains contained adjacent strictLeft strictRight noExtendRight ' +
    'noExtendLeft and or any all values col placeholder join match ';
  const Op = open('Op', create(null), (key) => (named(OPERATORS, key) ? `\ue010${key}` : undefined), OPERATORS);

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
  const QueryTypes = open('QueryTypes', create(null), (key) => (named(KINDS, key) ? key : undefined), KINDS);

  const levels = {};
  for (const level of ['READ UNCOMMITTED', 'READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE']) {
    levels[level.replace(' ', '_')] = level;
  }
  Transaction.ISOLATION_LEVELS = levels;
  Transaction.TYPES = { DEFERRED: 'DEFERRED', IMMEDIATE: 'IMMEDIATE', EXCLUSIVE: 'EXCLUSIVE' };

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

  const generator = open('queryGenerator', {
    quoteTable, quoteIdentifier: quoted, escape, quoteIdentifiers: (name) => quoted(name),
    addSchema: ({ tableName, _schema }) => ({ tableName, schema: _schema, delimiter: '.' }),
  });
  const instance = {
    ...methods, queryRaw: query, startUnmanagedTransaction: transaction, escape, QueryTypes,
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

  const ERRORS =
    ' BaseError ValidationError DatabaseError UniqueConstraintError ForeignKeyConstraintError UnknownConstraintError ' +
    'ExclusionConstraintError TimeoutError ConnectionError AggregateError EmptyResultError ';
  // Version 7 hands the instance where version 6 hands the library.
  const members = {
    __proto__: null,
    Op: () => Op, QueryTypes: () => QueryTypes, Transaction: () => Transaction,
    Deferrable: () => Deferrable, Sequelize: () => library, default: () => library, Model: () => model('Model'),
    Utils: () => open('Sequelize.Utils', { ...classes }), QueryInterface: () => class {}, IsolationLevel: () => levels,
    TransactionNestMode: () => ({}),
    ConstraintType: () => ({ CHECK: 'CHECK', DEFAULT: 'DEFAULT', UNIQUE: 'UNIQUE', FOREIGN_KEY: 'FOREIGN KEY', PRIMARY_KEY: 'PRIMARY KEY' }),
    query: () => query, transaction: () => transaction, queryInterface: () => db, sequelize: () => db,
    getQueryInterface: () => () => db, getDialect: () => () => dialect, models: () => instance.models,
    dialect: () => instance.dialect, escape: () => escape,
    sql: () => open('sql', { ...methods, identifier: (...path) => new Col(path.join('.')) }),
  };
  const member = (key) => {
    if (members[key] !== undefined) return members[key]();
    if (methods[key] !== undefined) return methods[key];
    return named(ERRORS, key) ? class extends Error {} : undefined;
  };

  return { instance, member };
})
