// TypeORM's recording shim: which names the package `typeorm` offers, what each gives back, and the query runner that
// migrations get. What the calls mean is said in Rust; here only what a script can see of its own objects is kept up,
// as PostgresQueryRunner and its cache of loaded tables do (typeorm 0.3.31 and 1.1.1).
(function ($, host, dialect) {
  'use strict';
  const { hole, isHole, resolved } = $;
  const { keys } = Object;
  const isArray = Array.isArray;
  const later = (source) => resolved(hole(source));
  const ask = (name, args) => host.ask(`queryRunner.${name}`, args);
  const tell = (name, args) => host.tell(`queryRunner.${name}`, args);
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

  // What is rarer, once a script asks for it; `depth` counts the transactions that are open.
  const core = { keys, isArray, query, sql, ask, tell, later, depth: 1, queryRunner: undefined };
  let rest;
  const runner = () => (rest = rest || $.part('runner', core, dialect));
  const queryRunner = $.object('queryRunner', { special: { query, sql }, rest: (key) => runner().members[key] });
  core.queryRunner = queryRunner;

  // The package. What is only there for types does nothing.
  const nothing = function () {};
  const typeorm = new Proxy({}, {
    get(_, key) {
      if (typeof key === 'symbol' || key === 'then') return undefined;
      if (key === 'default') return typeorm;
      if (key === '__esModule') return true;
      return key === 'MigrationInterface' || key === 'QueryRunner' ? nothing : runner().named(key);
    },
  });

  // As InstanceChecker and importClassesFromDirectories go through what a file exports.
  const exported = (value, found, level) => {
    if (isHole(value) || level > 4) return found;
    if (typeof value === 'function') {
      if (found.indexOf(value) < 0) found.push(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const key of keys(value)) exported(value[key], found, level + 1);
    }
    return found;
  };
  const has = (object, name) => typeof object[name] === 'function' && !isHole(object[name]);
  const run = async (exports, direction, part) => {
    const found = exported(exports, [], 0);
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
      core.depth = facts[n].transaction === false ? 0 : 1;
      if (has(migrations[n], direction)) await migrations[n][direction](queryRunner);
    }
  };
  return { modules: { typeorm: () => typeorm }, run };
})
