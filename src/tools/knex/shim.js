// Knex's names, and what each gives back: chains that take effect when they are awaited. What they do is worked out
// from the tape (`meaning.rs`).
(function ($, host, dialect) {
  'use strict';
  const { apply } = Reflect;
  const settle = (value, args) => {
    const promise = $.resolved(value);
    return args.length === 0 ? promise : $.then(promise, args[0], args[1]);
  };

  // How chains behave that are started at one place: the connection of the migration, or one of the script's own.
  const chains = (place) => {
    const run = (self) => {
      host.tell(place.own ? 'knex.elsewhere' : 'knex', [self.proxy]);
      const answer = self.asked && !place.own ? host.ask('knex', [self.proxy]) : undefined;
      return answer === undefined ? $.hole('await ' + (self.asked || 'knex(…)')) : answer;
    };
    const top = (f) => (self) => (self.inner ? undefined : f(self));
    const options = {
      body: true,
      property: (key) => key === 'and' || key === 'or' || key === 'not',
      text: (self) => {
        const text = host.ask('knex.toString', [self.proxy]);
        return typeof text === 'string' ? text : `${$.isHole(text) ? text : $.hole('toString()')}`;
      },
      special: $.create(null),
    };
    const special = options.special;
    special.then = top((self) => (...args) => settle(run(self), args));
    special.catch = top((self) => (fail) => settle(run(self), [undefined, fail]));
    special.finally = top((self) => (last) => settle(run(self), [(value) => settle(last(), [() => value])]));
    special.toString = special.toQuery = (self) => () => options.text(self);
    special.toSQL = (self) => () => $.hole('toSQL()');
    for (const key of ['hasTable', 'hasColumn', 'columnInfo']) {
      special[key] = (self) => (...args) => {
        self.step(key, args);
        self.asked = `${key}(…)`;
        return self.proxy;
      };
    }
    special.clone = top((self) => () => $.start(options, 'clone', [self.proxy]));
    special.modify = (self) => (change, ...args) => (apply(change, self.proxy, [self.proxy, ...args]), self.proxy);
    special.stream = special.pipe = (self) => () => host.stop('a stream of rows');
    special.on = special.once = (self) => (...args) => {
      // A query's own events; within a join or a key it is a condition or a table.
      if (self.inner || typeof args[1] !== 'function') self.step('on', args);
      return self.proxy;
    };
    return options;
  };

  const make = (place) => {
    const options = chains(place);
    const start = (name, args) => $.start(options, name, args);
    const members = $.create(null);
    const knex = (...args) => start('query', args);
    members.raw = (...args) => start('raw', args);
    members.ref = (...args) => start('ref', args);
    members.queryBuilder = () => start('query', []);
    members.batchInsert = (...args) => start('batchInsert', args);
    members.transaction = (...args) => transaction(place, args);
    members.savepoint = members.transaction;
    members.transactionProvider = () => {
      let open;
      return () => (open = open || transaction(place, []));
    };
    members.isTransaction = place.transaction;
    members.isCompleted = () => place.done === true;
    members.commit = (value) => {
      place.done = true;
      host.tell('knex.commit', []);
      if (place.settle) place.settle(value);
      return $.resolved(value);
    };
    members.rollback = (error) => {
      place.done = true;
      host.tell('knex.rollback', []);
      if (place.settle) place.settle(undefined);
      return $.resolved(undefined);
    };
    members.destroy = members.initialize = () => $.resolved(undefined);
    members.on = members.once = members.off = members.removeListener = members.removeAllListeners = () => proxy;
    members.userParams = $.create(null);
    members.withUserParams = () => proxy;
    // What is made when it is asked for.
    const later = $.create(null);
    later.fn = () => {
      const fn = $.create(null);
      fn.now = (...args) => start('fn.now', args);
      fn.uuid = () => start('fn.uuid', []);
      fn.uuidToBin = (...args) => $.hole('knex.fn.uuidToBin(…)');
      fn.binToUuid = (...args) => $.hole('knex.fn.binToUuid(…)');
      return fn;
    };
    later.migrate = () => $.object('knex.migrate');
    later.seed = () => $.object('knex.seed');
    later.client = () => settings();
    const clientOf = () => host.ask('knex.client', []);
    const settings = () => {
      const known = $.create(null);
      const lite = dialect === 'sqlite';
      known.dialect = lite ? 'sqlite3' : 'postgresql';
      known.driverName = lite ? clientOf() : 'pg';
      known.raw = members.raw;
      known.queryBuilder = members.queryBuilder;
      known.schemaBuilder = () => start('schema', []);
      known.logger = $.create(null);
      known.logger.warn = known.logger.error = known.logger.debug = known.logger.deprecate = () => undefined;
      for (const key of ['version', 'connectionSettings', 'pool', 'driver', 'searchPath']) known[key] = $.hole('knex.client.' + key);
      // What the settings say is known only for the client.
      known.config = new Proxy($.create(null), {
        get(_, key) {
          if (typeof key === 'symbol') return undefined;
          if (key !== 'client' && key !== 'dialect') return $.hole('knex.client.config.' + key);
          const client = clientOf();
          return client === undefined ? $.hole('knex.client.config.client') : client;
        },
      });
      return $.object('knex.client', { special: known });
    };
    const id = host.chain(-1);
    host.step(id, 'knex', []);
    const get = (_, key) => {
      if (typeof key === 'symbol') return undefined;
      if (key === 'schema') return start('schema', []);
      if (key in members) return members[key];
      if (key in later) return (members[key] = later[key]());
      if (key === 'then' || key === 'toJSON' || key === 'prototype') return undefined;
      return (...args) => {
        const started = $.chain(-1, options);
        started.step('query', []);
        started.step(key, args);
        return started.proxy;
      };
    };
    const proxy = $.mark(new Proxy(knex, { get, set: () => true }), 0, id);
    return proxy;
  };

  // A transaction: with a function it ends when the promise that the function gave does, or when it says so.
  const transaction = (outer, args) => {
    const inner = { own: outer.own, transaction: true };
    if ($.isHole(args[0])) host.stop($.words(args[0]));
    host.tell('knex.begin', []);
    const trx = make(inner);
    const fn = typeof args[0] === 'function' ? args[0] : undefined;
    if (fn === undefined) return $.resolved(trx);
    let result;
    const said = new Promise((done) => (inner.settle = done));
    result = fn(trx);
    const object = (typeof result === 'object' || typeof result === 'function') && result !== null;
    return object && typeof result.then === 'function' ? $.resolved(result) : said;
  };

  const connect = () => make({ own: true, transaction: false });
  connect.default = connect.knex = connect;
  const modules = { knex: () => connect };

  const run = async (exports, direction) => {
    let said = exports;
    if (said !== null && said !== undefined && typeof said.default === 'object' && said.default !== null && typeof said.up !== 'function') said = said.default;
    const has = (key) => said !== null && said !== undefined && typeof said[key] === 'function';
    const config = said !== null && said !== undefined ? said.config : undefined;
    const transacted = config === null || config === undefined || config.transaction !== false;
    host.tell('module', [{ hasUp: has('up'), hasDown: has('down'), hasSeed: has('seed'), config }]);
    if (has(direction)) await said[direction](make({ own: false, transaction: transacted }));
  };
  return { modules, run };
})
