// All that a migration of TypeORM may ask for but SQL: the query runner's methods, its connection, and what the package
// offers besides. A part of the shim, for the scripts that ask for it.
(function ($, host, core, dialect) {
  'use strict';
  const { hole, isHole, resolved, reaches, create } = $;
  const { assign } = Object;
  const { keys, isArray, query, sql, ask, tell, later, queryRunner } = core;
  const isList = (x) => !isHole(x) && isArray(x);
  // An object of which only some members are known; the others are holes.
  const partly = (source, known) =>
    new Proxy(known, {
      get: (_, key) => (typeof key === 'symbol' || key === 'then' || key in known ? known[key] : hole(`${source}.${key}`)),
      has: () => true,
    });

  // The classes, once a script or an answer needs one.
  let classes;
  const tables = () => (classes = classes || $.part('tables'));
  const isTable = (x) => classes !== undefined && x instanceof classes.Table;

  // What the query runner has loaded last; it keeps these up when it changes a table.
  let loaded = [];
  const cached = (table) => {
    const name = typeof table === 'string' ? table : isTable(table) ? table.name : undefined;
    return loaded.find((one) => one.name === name || `${one.schema}.${one.name}` === name);
  };
  const load = (answer) => (answer && !isHole(answer) ? new (tables().Table)(answer) : answer);
  const refresh = (table) => {
    const found = cached(table);
    if (!found) return;
    const fresh = load(ask('keptTable', [found.schema ? `${found.schema}.${found.name.split('.').pop()}` : found.name]));
    if (isTable(fresh)) assign(found, fresh);
  };
  const nameOf = (one) => (typeof one === 'string' ? { name: one } : one);
  const drops = (part) => (table, one) => {
    const found = isTable(table) ? table : cached(table);
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

  const begin = (level) => { tell('startTransaction', [level, core.depth]); core.depth += 1; return resolved(); };
  const end = (how) => () => { if (core.depth > 0) core.depth -= 1; tell(how, [core.depth]); return resolved(); };
  // The instance that a call goes by, where it is one that the query runner keeps: a script may have changed it.
  const goesBy = (table) => {
    const found = isTable(table) ? loaded.find((one) => one === table) : cached(table);
    if (found) tell('goesBy', [found]);
  };
  const one = (name) => (...args) => {
    if (after[name]) goesBy(args[0]);
    tell(name, args);
    if (after[name]) after[name](args[0], args[1]);
    return resolved();
  };
  // What changes rows otherwise than by SQL, once a script asks for it.
  let changing;
  const rows = () => {
    if (changing === undefined) {
      changing = $.part('rows', { query, sql, begin, end, later });
      assign(changing.members, { connection, dataSource: connection, queryRunner });
    }
    return changing;
  };

  const TYPES = { postgres: 'postgres', mysql: 'mysql', mariadb: 'mariadb', sqlite: 'sqlite' };
  const type = TYPES[dialect] || dialect;
  const connecting = (options) => {
    const known = partly('queryRunner.connection.options', options);
    const connection = reaches(partly('queryRunner.connection', {
      options: known, query, sql,
      get manager() { return rows().manager; },
      createQueryBuilder: (...args) => rows().builder(...args),
      getRepository: (target) => rows().repository(target),
      getTreeRepository: (target) => rows().repository(target),
      driver: reaches(partly('queryRunner.connection.driver', { options: known, isReplicated: false })),
      transaction: async (...args) => args[args.length - 1](rows().manager),
      createQueryRunner: () => queryRunner, isInitialized: true, isConnected: true,
      initialize: () => resolved(connection), connect: () => resolved(connection), destroy: () => resolved(), close: () => resolved(),
    }));
    return connection;
  };
  // SQLite goes by several names; which one, the project's data source says.
  const lite = dialect === 'sqlite';
  const connection = connecting(lite ? { get type() { return ask('kind', []) ?? hole('queryRunner.connection.options.type'); } } : { type });

  const ours = create(null);
  for (const name of keys(after)) ours[name] = one(name);
  for (const name of keys(many)) {
    ours[name] = (owner, list, ...rest) => {
      if (!isList(list)) { tell(name, [owner, list, ...rest]); return resolved(); }
      for (const item of [...list]) {
        goesBy(owner);
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
    query, sql, connection, dataSource: connection, driver: connection.driver, data: {}, isReleased: false,
    changeColumns(table, list) {
      if (!isList(list)) tell('changeColumns', [table, list]);
      else for (const { oldColumn, newColumn } of list) ours.changeColumn(table, oldColumn, newColumn);
      return resolved();
    },
    getTable(path) {
      const answer = ask('getTable', [path]);
      const table = load(answer);
      loaded = isTable(table) ? [table] : [];
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
  Object.defineProperty(ours, 'isTransactionActive', { get: () => core.depth > 0 });
  Object.defineProperty(ours, 'manager', { get: () => rows().manager });

  // The package: its classes; operators, which are values that only a database knows; what migrations of old called; and
  // decorators, which do nothing.
  const names = {
    __esModule: true,
    getConnection: () => connection, getManager: () => rows().manager, getRepository: (target) => rows().repository(target),
    getTreeRepository: (target) => rows().repository(target),
    getConnectionManager: () => hole('typeorm.getConnectionManager()'), createConnection: () => resolved(connection),
    DataSource: function (options) { return connecting({ ...options, type }); },
    TypeORMError: Error, QueryFailedError: Error,
  };
  names.Connection = names.DataSource;
  const OPERATORS = /^(In|Not|Is[A-Z]\w*|I?Like|Between|(More|Less)Than(OrEqual)?|Equal|Any|And|Or|Raw|Array\w+|Json\w+|Brackets|NotBrackets)$/;
  const BASES = /^(BaseEntity|\w*Repository|EntityManager|DefaultNamingStrategy|MigrationExecutor|\w*QueryBuilder)$/;
  const nothing = () => undefined;
  const CLASSES = /^(Table(Column|ForeignKey|Index|Unique|Check|Exclusion)?|View)$/;
  const offered = (key) => {
    if (CLASSES.test(key)) return tables()[key];
    if (OPERATORS.test(key)) return function () { return hole(`${key}(…)`); };
    if (BASES.test(key)) return new Proxy(class {}, { get: (target, name) => (name in target || typeof name === 'symbol' ? target[name] : hole(`${key}.${name}`)) });
    return function () { return nothing; };
  };

  return { members: ours, named: (key) => (key in names ? names[key] : (names[key] = offered(key))) };
})
