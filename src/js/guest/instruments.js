// What instrumented code calls where it goes by values: a part of the kernel, for scripts that do. A function of what the
// kernel keeps to itself and of the host.
(function (inside, host) {
  'use strict';
  const { hole, isHole, holed, isObject, identify, words, use, known, get, put, pure, create, slice, lower, replace, exec, nothing, open } = inside;
  // What instrumented code calls. `s` is the start of the statement that it stands in.
  const t = (value, s) => (holed(value) ? host.stop(words(value), s) : value);
  // The name of a database, as the tools' own settings spell it, and an enum's member that is called like one in a package
  // which is not there: code that branches on the database compares the two.
  const DATABASES = { __proto__: null, postgres: 1, postgresql: 1, pg: 1, mysql: 1, mysql2: 1, mariadb: 1, sqlite: 1, sqlite3: 1, bettersqlite3: 1, mssql: 1, oracle: 1, oracledb: 1, cockroachdb: 1, mongodb: 1, db2: 1, snowflake: 1, ibmi: 1 };
  const plain = (text) => lower(replace(text, /[-_]/g, ''));
  const asDatabase = (text, member) => {
    if (typeof text !== 'string' || !isHole(member) || DATABASES[plain(text)] === undefined) return undefined;
    const source = host.source(get(known, member)[1]);
    const found = exec(/^require\("[^"]*"\)(?:\.\w+)+$/, source) && exec(/\.(\w+)$/, source);
    const name = found && plain(found[1]);
    return name && DATABASES[name] !== undefined ? name === plain(text) : undefined;
  };
  // The kind of database that the application's own settings name (`APP.config.db.type`): it is the one that is asked for.
  const SETTING = /^(?!process\b)[A-Za-z_]\w*(?:\.\w+)*\.(?:db|database|knex|sequelize)\.(?:type|client|dialect)$/;
  // Code that compares it with a name of the database calls it by that name.
  const NAMES = { __proto__: null, postgres: /^(?:postgres|postgresql|pg)$/, sqlite: /^(?:sqlite|sqlite3|bettersqlite3)$/ };
  const isSetting = (value) => isHole(value) && NAMES[host.dialect] !== undefined && exec(SETTING, host.source(get(known, value)[1])) !== null;
  const isSet = (text, setting) => {
    const name = typeof text === 'string' && isSetting(setting) ? plain(text) : undefined;
    if (name === undefined || DATABASES[name] === undefined) return undefined;
    return name === 'cockroachdb' ? undefined : exec(NAMES[host.dialect], name) !== null;
  };
  const compared = (left, right) => asDatabase(left, right) ?? asDatabase(right, left) ?? isSet(left, right) ?? isSet(right, left);
  // What a switch is on, and its cases.
  let on;
  const w = (value, s) => (on = isSetting(value) ? value : t(value, s));
  const q = (value, s) => {
    if (!holed(value) && !isHole(on)) return value;
    const same = asDatabase(on, value) ?? isSet(value, on);
    return same === undefined ? host.stop(words(value), s) : same ? on : hole;
  };
  const b = (op, left, right, s) => {
    if (holed(left) || holed(right)) {
      if (op[1] === '=' && (op[0] === '=' || op[0] === '!')) {
        const same = compared(left, right);
        if (same !== undefined) return same === (op[0] === '=');
      }
      if (op === '+' && (typeof left === 'string' || typeof right === 'string')) return `${left}${right}`;
      return hole(`${words(left)} ${op} ${words(right)}`);
    }
    switch (op) {
      case '+': return left + right;
      case '-': return left - right;
      case '*': return left * right;
      case '/': return left / right;
      case '%': return left % right;
      case '**': return left ** right;
      case '==': return left == right;
      case '!=': return left != right;
      case '===': return left === right;
      case '!==': return left !== right;
      case '<': return left < right;
      case '>': return left > right;
      case '<=': return left <= right;
      case '>=': return left >= right;
      case '&': return left & right;
      case '|': return left | right;
      case '^': return left ^ right;
      case '<<': return left << right;
      case '>>': return left >> right;
      case '>>>': return left >>> right;
      case 'in': return left in right;
      default: return left instanceof right;
    }
  };
  const u = (op, value) => {
    if (holed(value)) return op === 'void' ? undefined : hole(`${op}${op === 'typeof' ? ' ' : ''}${words(value)}`);
    switch (op) {
      case '!': return !value;
      case '-': return -value;
      case '+': return +value;
      case '~': return ~value;
      default: return typeof value;
    }
  };
  // `left || right`, `left && right`, `left ?? right`; the right side is run only where it counts.
  const l = (op, left, right, source, does, s) => {
    if (holed(left)) {
      use(left);
      return does && host.live() ? host.stop(words(left), s) : hole(source);
    }
    if (op === '||') return left || right();
    return op === '&&' ? left && right() : left ?? right();
  };
  // What a loop or `...` goes through.
  const i = (value, s) => (isHole(value) ? host.stop(words(value), s) : value);
  // A computed key, and what it is one of.
  const k = (key, s, object) => (holed(key) ? (isHole(object) ? `[${words(key)}]` : host.stop(words(key), s)) : key);
  // A function that does nothing but work out a value, and what gives all that it may hand out of what stands around it.
  const p = (fn, captured) => (put(pure, fn, captured || nothing), fn);
  // A local that a statement which was carried as code may have changed.
  const x = (value, source, assigned, ran) => {
    if (isHole(value) && (ran || !assigned)) return value;
    if (!isObject(value)) return assigned ? hole(source) : value;
    const own = isHole(value) ? undefined : identify(value);
    // A connection stays what it is; what goes on with a query that was there before ends the following.
    if (own !== undefined && own[0] !== 3 && own[0] !== 4 && (!assigned || ran) && (own[0] !== 0 || ran)) return value;
    return hole(source);
  };

  const follow = create(null);
  const following = () => {
    const made = open(host.part('follow'))(inside, host, t);
    for (const name in made) follow[name] = made[name];
    return follow;
  };
  const tools = { t, b, u, l, i, k, p, x, w, s: q };
  // Statements that are followed are seldom.
  for (const name of ['n', 'r', 'o', 'f', 'j', 'g', 'z', 'y', 'F', 'E', 'B', 'L', 'R', 'T', 'W', 'G', 'K']) {
    tools[name] = (...args) => (follow[name] || following()[name])(...args);
  }
  return tools;
})
