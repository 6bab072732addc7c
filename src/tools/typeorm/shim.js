// TypeORM's recording shim: which names the package `typeorm` offers, what each gives back, and the query runner that
// migrations get. What the calls mean is said in Rust; here only what a script can see of its own objects is kept up,
// as PostgresQueryRunner and its cache of loaded tables do (typeorm 0.3.31 and 1.1.1).
(function ($, host, dialect) {
  'use strict';
  const { hole, isHole, holed, resolved, offer, start, create } = $;
  const { assign } = Object;
  const isList = (x) => !isHole(x) && Array.isArray(x);
  const later = (source) => resolved(hole(source));
  // An object of which only some members are known; the others are holes.
  const partly = (source, known) =>
    new Proxy(known, {
      get: (_, key) => (typeof key === 'symbol' || key === 'then' || key in known ? known[key] : hole(`${source}.${key}`)),
      has: () => true,
    });

  const take = (to, from, names) => {
    for (const name of names) to[name] = from[name];
  };
  const made = (Type, list) => {
    const out = [];
    for (const one of list) out.push(new Type(one));
    return out;
  };
  // Whether something has this name; whose name is not known may be it.
  const called = (name) => (one) =>
    one.name === name || ((holed(name) || holed(one.name)) && host.stop(`what is called ${$.words(holed(name) ? name : one.name)}`));
  const without = (list, name) => {
    const at = list.findIndex(called(name));
    return at < 0 ? undefined : list.splice(at, 1)[0];
  };
  const COLUMN = ['name', 'type', 'length', 'width', 'charset', 'collation', 'precision', 'scale', 'zerofill', 'unsigned',
    'enum', 'enumName', 'primaryKeyConstraintName', 'asExpression', 'generatedType', 'default', 'onUpdate', 'isNullable',
    'isGenerated', 'generationStrategy', 'generatedIdentity', 'isPrimary', 'isUnique', 'isArray', 'comment',
    'spatialFeatureType', 'srid'];
  const FLAGS = ['isNullable', 'isGenerated', 'isPrimary', 'isUnique', 'isArray', 'zerofill', 'unsigned'];

  const TableColumn = offer('TableColumn', class TableColumn {
    constructor(o) {
      if (o) take(this, o, COLUMN);
      this.type = this.type || '';
      this.length = this.length || '';
      for (const flag of FLAGS) this[flag] = this[flag] || false;
    }
    clone() { return new TableColumn(this); }
  });
  const FOREIGN = ['name', 'columnNames', 'referencedColumnNames', 'referencedDatabase', 'referencedSchema',
    'referencedTableName', 'onDelete', 'onUpdate', 'deferrable'];
  const TableForeignKey = offer('TableForeignKey', class TableForeignKey {
    constructor(o) { take(this, o, FOREIGN); }
    clone() {
      return new TableForeignKey({ ...this, columnNames: [...this.columnNames], referencedColumnNames: [...this.referencedColumnNames] });
    }
  });
  const TableIndex = offer('TableIndex', class TableIndex {
    constructor(o) {
      take(this, o, ['name', 'columnNames', 'isUnique', 'isSpatial', 'isConcurrent', 'isFulltext', 'isNullFiltered', 'parser', 'where', 'type']);
      for (const flag of ['isUnique', 'isSpatial', 'isConcurrent', 'isFulltext', 'isNullFiltered']) this[flag] = isHole(this[flag]) ? this[flag] : !!this[flag];
      this.where = this.where || '';
    }
    clone() { return new TableIndex({ ...this, columnNames: [...this.columnNames] }); }
  });
  const TableUnique = offer('TableUnique', class TableUnique {
    constructor(o) { take(this, o, ['name', 'columnNames', 'deferrable']); }
    clone() { return new TableUnique({ ...this, columnNames: [...this.columnNames] }); }
  });
  const TableCheck = offer('TableCheck', class TableCheck {
    constructor(o) { take(this, o, ['name', 'columnNames', 'expression']); }
    clone() { return new TableCheck({ ...this, columnNames: this.columnNames ? [...this.columnNames] : [] }); }
  });
  const TableExclusion = offer('TableExclusion', class TableExclusion {
    constructor(o) { take(this, o, ['name', 'expression', 'deferrable']); }
    clone() { return new TableExclusion(this); }
  });
  const Table = offer('Table', class Table {
    constructor(o) {
      assign(this, { columns: [], indices: [], foreignKeys: [], uniques: [], checks: [], exclusions: [], justCreated: false, withoutRowid: false });
      if (!o) return;
      take(this, o, ['database', 'schema', 'name', 'engine', 'comment']);
      if (o.columns) this.columns = made(TableColumn, o.columns);
      if (o.indices) this.indices = made(TableIndex, o.indices);
      if (o.foreignKeys) {
        this.foreignKeys = o.foreignKeys.map((key) => new TableForeignKey({
          ...key, referencedDatabase: key.referencedDatabase || o.database, referencedSchema: key.referencedSchema || o.schema,
        }));
      }
      if (o.uniques) this.uniques = made(TableUnique, o.uniques);
      if (o.checks) this.checks = made(TableCheck, o.checks);
      if (o.exclusions) this.exclusions = made(TableExclusion, o.exclusions);
      if (o.justCreated !== undefined) this.justCreated = o.justCreated;
      if (o.withoutRowid) this.withoutRowid = o.withoutRowid;
    }
    get primaryColumns() { return this.columns.filter((column) => column.isPrimary); }
    clone() {
      const copy = { ...this };
      for (const part of ['columns', 'indices', 'foreignKeys', 'uniques', 'checks', 'exclusions']) copy[part] = this[part].map((one) => one.clone());
      return new Table(copy);
    }
    addColumn(column) { this.columns.push(column); }
    removeColumn(column) { without(this.columns, column.name); }
    addUniqueConstraint(unique) { this.uniques.push(unique); this.marked(unique, true); }
    removeUniqueConstraint(unique) { this.marked(without(this.uniques, unique.name), false); }
    addCheckConstraint(check) { this.checks.push(check); }
    removeCheckConstraint(check) { without(this.checks, check.name); }
    addExclusionConstraint(exclusion) { this.exclusions.push(exclusion); }
    removeExclusionConstraint(exclusion) { without(this.exclusions, exclusion.name); }
    addForeignKey(key) { this.foreignKeys.push(key); }
    removeForeignKey(key) { without(this.foreignKeys, key.name); }
    addIndex(index) { this.indices.push(index); }
    removeIndex(index) { without(this.indices, index.name); }
    findColumnByName(name) { return this.columns.find(called(name)); }
    findColumnIndices(column) { return of(this.indices, column); }
    findColumnForeignKeys(column) { return of(this.foreignKeys, column); }
    findColumnUniques(column) { return of(this.uniques, column); }
    findColumnChecks(column) { return of(this.checks, column); }
  });
  const of = (list, column) => list.filter((one) => (one.columnNames || []).some((name) => called(name)(column)));
  // The column of a unique constraint on one column says so itself.
  Object.defineProperty(Table.prototype, 'marked', {
    value(unique, is) {
      const column = unique && unique.columnNames.length === 1 && this.findColumnByName(unique.columnNames[0]);
      if (column) column.isUnique = is;
    },
  });
  const View = offer('View', class View {
    constructor(o) {
      this.indices = [];
      if (!o) return;
      take(this, o, ['database', 'schema', 'name', 'expression']);
      this.materialized = isHole(o.materialized) ? o.materialized : !!o.materialized;
    }
    clone() { return new View(this); }
    addIndex(index) { this.indices.push(index); }
    removeIndex(index) { without(this.indices, index.name); }
  });

  // What the query runner has loaded last; it keeps these up when it changes a table.
  let loaded = [];
  const cached = (table) => {
    const name = typeof table === 'string' ? table : table instanceof Table ? table.name : undefined;
    return loaded.find((one) => one.name === name || `${one.schema}.${one.name}` === name);
  };
  const load = (answer) => (answer && !isHole(answer) ? new Table(answer) : answer);
  const ask = (name, args) => host.ask(`queryRunner.${name}`, args);
  const tell = (name, args) => host.tell(`queryRunner.${name}`, args);
  const refresh = (table) => {
    const found = cached(table);
    if (!found) return;
    const fresh = load(ask('getTable', [found.name]));
    if (fresh instanceof Table) assign(found, fresh);
  };
  const nameOf = (one) => (typeof one === 'string' ? { name: one } : one);
  const drops = (part) => (table, one) => {
    const found = table instanceof Table ? table : cached(table);
    if (found && one) found[part](nameOf(one));
  };
  const adds = drops;
  // What each call does to the tables that the script holds.
  const after = {
    addColumn: refresh, dropColumn: refresh, renameColumn: refresh, changeColumn: refresh, createPrimaryKey: refresh,
    updatePrimaryKeys: refresh, dropPrimaryKey: refresh, changeTableComment: refresh,
    createForeignKey: adds('addForeignKey'), dropForeignKey: drops('removeForeignKey'),
    createIndex: adds('addIndex'), dropIndex: drops('removeIndex'),
    createUniqueConstraint: adds('addUniqueConstraint'), dropUniqueConstraint: drops('removeUniqueConstraint'),
    createCheckConstraint: adds('addCheckConstraint'), dropCheckConstraint: drops('removeCheckConstraint'),
    createExclusionConstraint: adds('addExclusionConstraint'), dropExclusionConstraint: drops('removeExclusionConstraint'),
  };
  const many = {
    addColumns: 'addColumn', dropColumns: 'dropColumn', createForeignKeys: 'createForeignKey', dropForeignKeys: 'dropForeignKey',
    createIndices: 'createIndex', dropIndices: 'dropIndex', createUniqueConstraints: 'createUniqueConstraint',
    dropUniqueConstraints: 'dropUniqueConstraint', createCheckConstraints: 'createCheckConstraint',
    dropCheckConstraints: 'dropCheckConstraint', createExclusionConstraints: 'createExclusionConstraint',
    dropExclusionConstraints: 'dropExclusionConstraint', createViewIndices: 'createViewIndex',
  };

  let depth = 1;
  const begin = (level) => { tell('startTransaction', [level, depth]); depth += 1; return resolved(); };
  const end = (how) => () => { if (depth > 0) depth -= 1; tell(how, [depth]); return resolved(); };
  const one = (name) => (...args) => {
    tell(name, args);
    if (after[name]) after[name](args[0], args[1]);
    return resolved();
  };
  const READS = /^\s*(select|with|show|values|table)\b/i;
  const QUIET = /^\s*(create|alter|drop|comment|truncate|grant|revoke|set)\b[^;]*;?\s*$/i;
  const query = (...args) => {
    const sql = args[0];
    // A question that is not answered is on the tape, and gives a hole.
    if (typeof sql === 'string' && READS.test(sql)) return resolved(ask('query', args));
    tell('query', args);
    return typeof sql === 'string' && QUIET.test(sql) ? resolved([]) : later('queryRunner.query(…)');
  };
  const sql = (parts, ...values) => {
    let text = parts[0];
    for (let n = 0; n < values.length; n += 1) text += `$${n + 1}${parts[n + 1]}`;
    return query(text, values);
  };

  // Builders of row statements: each method is noted; those that end one record it or give what only a database knows.
  const GETS = ['getOne', 'getOneOrFail', 'getMany', 'getRawOne', 'getRawMany', 'getCount', 'getExists', 'getRawAndEntities', 'getManyAndCount', 'stream'];
  const TEXTS = ['getQuery', 'getSql', 'getQueryAndParameters', 'getParameters', 'clone', 'escape'];
  const building = { special: create(null) };
  building.special.then = () => undefined;
  building.special.expressionMap = () => hole('queryBuilder.expressionMap');
  building.special.execute = (self) => () => { host.tell('queryBuilder.execute', [self.proxy]); return later('queryBuilder.execute()'); };
  for (const name of GETS) building.special[name] = () => () => later(`queryBuilder.${name}()`);
  for (const name of TEXTS) building.special[name] = () => () => hole(`queryBuilder.${name}()`);
  const builder = (...args) => start(building, 'createQueryBuilder', args);

  const FINDS = ['find', 'findBy', 'findAndCount', 'findAndCountBy', 'findByIds', 'findOne', 'findOneBy', 'findOneOrFail',
    'findOneByOrFail', 'findOneById', 'count', 'countBy', 'exists', 'existsBy', 'exist', 'sum', 'average', 'minimum', 'maximum', 'preload'];
  const finding = (owner, to) => {
    for (const name of FINDS) to[name] = () => later(`${owner}.${name}(…)`);
    return to;
  };
  const repository = (target) => {
    const members = finding('repository', create(null));
    for (const name of ['save', 'insert', 'update', 'delete', 'remove', 'upsert', 'softDelete', 'softRemove', 'restore', 'recover', 'clear', 'increment', 'decrement', 'updateAll', 'deleteAll']) {
      members[name] = (...args) => { host.tell(`manager.${name}`, [target, ...args]); return later(`repository.${name}(…)`); };
    }
    members.target = target;
    members.create = (x) => x || {};
    members.query = query;
    members.manager = manager;
    members.createQueryBuilder = (alias) => builder(target, alias);
    members.metadata = hole('repository.metadata');
    return $.object('repository', { special: members, given: (key) => later(`repository.${key}(…)`) });
  };
  const members = finding('manager', create(null));
  const manager = $.object('manager', { special: members, given: (key) => later(`manager.${key}(…)`) });
  const transaction = async (...args) => {
    await begin();
    const result = await args[args.length - 1](manager);
    await end('commitTransaction')();
    return result;
  };
  assign(members, {
    query, sql, transaction, createQueryBuilder: builder, getRepository: repository, getTreeRepository: repository,
    withRepository: repository, create: (target, x) => x || {}, release: () => resolved(),
  });

  const TYPES = { postgres: 'postgres', mysql: 'mysql', mariadb: 'mariadb', sqlite: 'sqlite' };
  const type = TYPES[dialect] || dialect;
  const connecting = (options) => {
    const known = partly('queryRunner.connection.options', options);
    const connection = partly('queryRunner.connection', {
      options: known, query, sql, manager, createQueryBuilder: builder, getRepository: repository, getTreeRepository: repository,
      driver: partly('queryRunner.connection.driver', { options: known, isReplicated: false }),
      transaction: async (...args) => args[args.length - 1](manager),
      createQueryRunner: () => queryRunner, isInitialized: true, isConnected: true,
      initialize: () => resolved(connection), connect: () => resolved(connection), destroy: () => resolved(), close: () => resolved(),
    });
    return connection;
  };
  const connection = connecting({ type });
  assign(members, { connection, dataSource: connection });

  const ours = create(null);
  for (const name of Object.keys(after)) ours[name] = one(name);
  for (const name of Object.keys(many)) {
    ours[name] = (owner, list, ...rest) => {
      if (!isList(list)) { tell(name, [owner, list, ...rest]); return resolved(); }
      for (const item of [...list]) {
        tell(many[name], [owner, item, ...rest]);
        if (after[many[name]]) after[many[name]](owner, item);
      }
      return resolved();
    };
  }
  for (const name of ['hasTable', 'hasColumn', 'hasSchema', 'hasDatabase', 'getCurrentSchema', 'getCurrentDatabase', 'getVersion', 'getDatabases', 'getSchemas']) {
    ours[name] = (...args) => resolved(ask(name, args));
  }
  assign(ours, {
    query, sql, connection, dataSource: connection, manager, driver: connection.driver, data: {}, isReleased: false,
    changeColumns(table, list) {
      if (!isList(list)) tell('changeColumns', [table, list]);
      else for (const { oldColumn, newColumn } of list) ours.changeColumn(table, oldColumn, newColumn);
      return resolved();
    },
    getTable(path) {
      const answer = ask('getTable', [path]);
      const table = load(answer);
      loaded = table instanceof Table ? [table] : [];
      return resolved(table);
    },
    getTables(paths) {
      const answer = ask('getTables', paths === undefined ? [] : [paths]);
      if (!isList(answer)) return resolved(answer);
      const tables = answer.map(load);
      if (paths !== undefined) loaded = tables;
      return resolved(tables);
    },
    startTransaction: begin, commitTransaction: end('commitTransaction'), rollbackTransaction: end('rollbackTransaction'),
    connect: () => resolved(hole('queryRunner.connect()')), release: () => resolved(),
    getView: (path) => later('queryRunner.getView(…)'), getViews: () => later('queryRunner.getViews(…)'),
    broadcaster: hole('queryRunner.broadcaster'), getReplicationMode: () => 'master',
  });
  Object.defineProperty(ours, 'isTransactionActive', { get: () => depth > 0 });
  const queryRunner = $.object('queryRunner', { special: ours });
  members.queryRunner = queryRunner;

  // The package: its classes; operators, which are values that only a database knows; what migrations of old called; and
  // decorators, which do nothing.
  const names = {
    __esModule: true, Table, TableColumn, TableForeignKey, TableIndex, TableUnique, TableCheck, TableExclusion, View,
    getConnection: () => connection, getManager: () => manager, getRepository: repository, getTreeRepository: repository,
    getConnectionManager: () => hole('typeorm.getConnectionManager()'), createConnection: () => resolved(connection),
    DataSource: function (options) { return connecting({ ...options, type }); },
    TypeORMError: Error, QueryFailedError: Error,
  };
  names.Connection = names.DataSource;
  const OPERATORS = /^(In|Not|Is[A-Z]\w*|I?Like|Between|(More|Less)Than(OrEqual)?|Equal|Any|And|Or|Raw|Array\w+|Json\w+|Brackets|NotBrackets)$/;
  const BASES = /^(BaseEntity|\w*Repository|EntityManager|DefaultNamingStrategy|MigrationExecutor|\w*QueryBuilder)$/;
  const nothing = () => undefined;
  const offered = (key) => {
    if (OPERATORS.test(key)) return function () { return hole(`${key}(…)`); };
    if (BASES.test(key)) return new Proxy(class {}, { get: (target, name) => (name in target || typeof name === 'symbol' ? target[name] : hole(`${key}.${name}`)) });
    return function () { return nothing; };
  };
  const typeorm = new Proxy(names, {
    get(_, key) {
      if (typeof key === 'symbol' || key === 'then') return undefined;
      if (key === 'default') return typeorm;
      if (!(key in names)) names[key] = offered(key);
      return names[key];
    },
  });

  // As InstanceChecker and importClassesFromDirectories go through what a file exports.
  const classes = (value, found, level) => {
    if (isHole(value) || level > 4) return found;
    if (typeof value === 'function') {
      if (found.indexOf(value) < 0) found.push(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) classes(value[key], found, level + 1);
    }
    return found;
  };
  const has = (object, name) => typeof object[name] === 'function' && !isHole(object[name]);
  const run = async (exports, direction, part) => {
    const found = classes(exports, [], 0);
    let types = found.filter((one) => one.prototype && (has(one.prototype, 'up') || has(one.prototype, 'down')));
    if (types.length === 0) types = found.filter((one) => /^class\b/.test(Function.prototype.toString.call(one)));
    if (part) types = found.filter((one) => one.name === part);
    const migrations = types.map((Type) => new Type());
    const facts = migrations.map((one, n) => ({
      kind: 'class', name: one.name || types[n].name, className: types[n].name, instanceName: one.name,
      transaction: one.transaction, hasUp: has(one, 'up'), hasDown: has(one, 'down'),
    }));
    host.tell('module', [{ ...(facts[0] || { kind: 'none', hasUp: false, hasDown: false }), classes: facts.map((one) => one.name) }]);
    const stamp = (n) => parseInt(`${facts[n].name}`.slice(-13), 10);
    const order = migrations.map((_, n) => n).sort((a, b) => stamp(a) - stamp(b));
    if (direction === 'down') order.reverse();
    for (const n of order) {
      depth = facts[n].transaction === false ? 0 : 1;
      if (has(migrations[n], direction)) await migrations[n][direction](queryRunner);
    }
  };
  return { modules: { typeorm: () => typeorm }, run };
})
