// What every shim stands on: holes (values that only a real run can know), recorders, and the functions that
// instrumented code calls. Nothing of it is kept where a script could reach it: what is recorded goes straight to the
// host, and everything that is used here was taken before the script ran.
//
// It is a function of `host`, the recorder's other half (see `src/js/worker`), and of `open`, which gives a part the language
// as it was before the script; it gives the kernel, `$`.
(function (host, open) {
  'use strict';
  const { apply, construct, getPrototypeOf, getOwnPropertyDescriptor, defineProperty, setPrototypeOf, ownKeys } = Reflect;
  const { create, freeze } = Object;
  // A script may replace what is global.
  const { TypeError, Promise, Proxy, Map, WeakMap, Symbol } = globalThis;
  const isArray = Array.isArray;
  const RealDate = Date;
  const getTime = (date) => apply(RealDate.prototype.getTime, date, []);
  const stringify = JSON.stringify;
  const parse = JSON.parse;
  const { toPrimitive, iterator } = Symbol;
  const uncurry = (f) => (self, ...args) => apply(f, self, args);
  const slice = uncurry(''.slice);
  const includes = uncurry(''.includes);
  const indexOf = uncurry(''.indexOf);
  const lower = uncurry(''.toLowerCase);
  const replace = uncurry(''.replace);
  const exec = uncurry(RegExp.prototype.exec);
  const then = uncurry(Promise.prototype.then);
  const resolved = (value) => new Promise((done) => done(value));
  const get = uncurry(WeakMap.prototype.get);
  const put = uncurry(WeakMap.prototype.set);
  // What an object of ours is: [kind, number]. Kinds: 0 chain, 1 hole, 2 body, 5 the object with that name.
  const known = new WeakMap();
  // Other objects of shims that reach the database.
  const reaching = new WeakMap();
  const reaches = (object) => (put(reaching, object, true), object);
  // The methods that holes come from.
  const methods = new WeakMap();
  // The prototypes of the classes that shims offer, with their names.
  const classes = new WeakMap();
  const pure = new WeakMap();
  const isObject = (x) => (typeof x === 'object' && x !== null) || typeof x === 'function';
  const mark = (object, kind, id) => (put(known, object, freeze([kind, id])), object);
  const isHole = (x) => typeof x === 'function' && get(known, x) !== undefined && get(known, x)[0] === 1;
  const START = '\ue000';
  const holed = (x) => isHole(x) || (typeof x === 'string' && includes(x, START));

  // What the host asks of an object that it encodes: undefined for any that is not ours.
  const identify = (object) => {
    const found = get(known, object);
    if (found !== undefined) return found;
    if (typeof object === 'function') return undefined;
    if (object instanceof RealDate) return [4, getTime(object)];
    for (let proto = getPrototypeOf(object), depth = 0; proto !== null && depth < 8; depth += 1) {
      const name = get(classes, proto);
      if (name !== undefined) return [3, name];
      proto = getPrototypeOf(proto);
    }
    return undefined;
  };

  // The words for a value in the source of a hole.
  const words = (value) => {
    if (isHole(value)) {
      use(value);
      return host.source(get(known, value)[1]);
    }
    if (typeof value === 'string') return includes(value, START) ? '`' + host.words(value) + '`' : stringify(slice(value, 0, 80));
    if (typeof value === 'function') return '…';
    if (isArray(value)) return '[…]';
    if (typeof value === 'object' && value !== null) return '{…}';
    if (typeof value === 'bigint') return `${value}n`;
    return typeof value === 'symbol' ? 'Symbol()' : `${value}`;
  };
  const list = (args) => {
    let text = '';
    for (let i = 0; i < args.length; i += 1) text += (i ? ', ' : '') + words(args[i]);
    return text;
  };

  // What calls gave of which it is not known what they do, and with which nothing has been done: whoever calls something
  // and does nothing with what it gives calls it for what it does.
  let unused = create(null);
  const use = (x) => {
    if (!isHole(x)) return;
    const id = get(known, x)[1];
    if (unused[id] !== undefined) {
      delete unused[id];
      host.used(id);
    }
  };
  // What was waited for was called for what it does, even where it is told to people what came of it.
  const awaited = (x) => {
    const id = get(known, x)[1];
    if (unused[id] !== undefined) unused[id] = 'awaited';
  };
  const told = (x) => {
    if (!isHole(x) || unused[get(known, x)[1]] !== 'awaited') use(x);
  };
  const noted = (args) => {
    for (let i = 0; i < args.length; i += 1) {
      told(args[i]);
      if (typeof args[i] !== 'object' || args[i] === null) continue;
      const keys = ownKeys(args[i]);
      for (let n = 0; n < keys.length && n < 64; n += 1) {
        const found = getOwnPropertyDescriptor(args[i], keys[n]);
        if (found !== undefined) told(found.value);
      }
    }
  };
  // Globals that are not there.
  let lost = create(null);
  const ofOthers = (text) => {
    const found = exec(/^(?:new |await )*([A-Za-z_$][\w$]*)/, text);
    return found !== null && (found[1] === 'require' || lost[found[1]] === true);
  };
  // Notes for people; and methods of lists and texts, of what is not from a package, which may do anything under any name.
  const quiet = (method, text, given) =>
    exec(NOTES, method) !== null ||
    exec(given ? PLAIN : /^(?:push|unshift|add|set|clear|pop|shift|splice|sort|reverse)$/, method) !== null && !ofOthers(text);
  const NOTES = /^(?:log|info|warn|error|debug|trace|verbose|config|time|timeEnd)$/;
  const PLAIN = /^(?:push|unshift|add|set|clear|pop|shift|splice|sort|reverse|at|charAt|concat|endsWith|entries|every|filter|find|findIndex|findLast|flat|flatMap|forEach|get|getTime|has|includes|indexOf|join|keys|lastIndexOf|localeCompare|map|match|padEnd|padStart|reduce|reduceRight|repeat|replace|replaceAll|slice|some|split|startsWith|substr|substring|toFixed|toISOString|toLowerCase|toString|toUpperCase|trim|trimEnd|trimStart|values)$/;
  const made = (value, text, method) => {
    if (!host.live() || quiet(`${method}`, text, true)) return value;
    const id = get(known, value)[1];
    unused[id] = true;
    host.made(id);
    return value;
  };

  // Objects that hold nothing but what is seen of them.
  const PLAIN_KINDS = [Object.prototype, Array.prototype, RealDate.prototype, RegExp.prototype, null];
  const isPlain = (object) => {
    const proto = getPrototypeOf(object);
    for (let n = 0; n < PLAIN_KINDS.length; n += 1) if (PLAIN_KINDS[n] === proto) return true;
    return false;
  };
  // Whether a recorder is among the values, or not far inside of one of them, or a function that may reach one: what a
  // function that is not known does with it would be lost. Functions among the values themselves are asked for elsewhere.
  const recorder = (x) => isObject(x) && (get(reaching, x) !== undefined || get(known, x) !== undefined && !isHole(x));
  const hands = (args, depth = 0) => {
    for (let i = 0; i < args.length; i += 1) {
      const arg = args[i];
      if (recorder(arg)) return true;
      use(arg);
      if (depth > 0 && typeof arg === 'function' && !isHole(arg)) return true;
      if (typeof arg !== 'object' || arg === null) continue;
      if (depth > 3 || !isPlain(arg)) return true;
      const keys = ownKeys(arg);
      for (let n = 0; n < keys.length && n < 64; n += 1) {
        const found = getOwnPropertyDescriptor(arg, keys[n]);
        if (found === undefined) continue;
        if (found.get !== undefined || hands([found.value], depth + 1)) return true;
      }
    }
    return false;
  };

  // Whether a function that only works out a value gives away no recorder, nor a function that may reach one.
  const isKept = (captured) => {
    if (captured === undefined) return false;
    try {
      const values = captured();
      if (values === undefined) return true;
      for (let i = 0; i < values.length; i += 1) if (typeof values[i] === 'function' && !isHole(values[i])) return false;
      return !hands(values);
    } catch {
      return false; // it is given away before what it speaks of is there
    }
  };

  // Something that only a real run can know. It may be handed on, asked for members, called and put into strings; what
  // would need the value itself stops the run at the statement, which then is carried as code.
  const hole = (source, method) => {
    const text = slice(source, 0, 200);
    const id = host.hole(text);
    const marker = `${START}${id}\ue001`;
    const stop = () => host.stop(text);
    const self = mark(
      new Proxy(function () {}, {
        __proto__: null,
        get(_, key) {
          if (key === 'then') awaited(self);
          else if (typeof key !== 'symbol') use(self);
          if (key === toPrimitive) return (hint) => (use(self), hint === 'number' ? stop() : marker);
          if (key === iterator) {
            use(self);
            return function* () {
              for (let i = 0; i < 32; i += 1) yield hole(`${text}[${i}]`);
              stop();
            };
          }
          if (key === 'toString' || key === 'toJSON' || key === 'valueOf') return () => marker;
          if (typeof key === 'symbol' || key === 'then') return undefined;
          return hole(text === '' ? key : key[0] === '[' ? text + key : `${text}.${key}`, key);
        },
        apply(_, receiver, args) {
          for (let i = 0; i < args.length; i += 1) {
            if (typeof args[i] === 'function' && get(known, args[i]) === undefined && !isKept(get(pure, args[i]))) {
              // In a statement that is followed, what goes over rows is called for one.
              const turned = inside.turn === undefined ? undefined : inside.turn(text, method, receiver, args, i);
              return turned === undefined ? stop() : turned.given;
            }
          }
          const notes = method !== undefined && exec(NOTES, method) !== null;
          if (notes) {
            for (let i = 0; i < args.length; i += 1) if (recorder(args[i])) stop();
            noted(args);
          } else if (hands(args) && !(inside.keeps !== undefined && inside.keeps(method, args))) stop();
          use(self);
          const given = hole(`${text}(${notes ? '…' : list(args)})`);
          if (method !== undefined) put(methods, given, method);
          return made(given, text, method);
        },
        construct(_, args) {
          if (hands(args, 1)) stop();
          return hole(`new ${text}(${list(args)})`);
        },
        set: (_, key, value) => (hands([value], 1) && stop(), true),
        defineProperty: (_, key, found) => (hands([found.value], 1) && stop(), true),
        deleteProperty: () => true,
        has: stop,
        ownKeys: stop,
        getOwnPropertyDescriptor: stop,
        getPrototypeOf: () => null,
      }),
      1,
      id,
    );
    return self;
  };

  // A call of which nobody uses what it gives: of something that is not known, only a real run knows what it does.
  const v = (value, s) => {
    if (!holed(value) || !host.live() || inside.spent !== undefined && inside.spent(value)) return value;
    return quiet(`${get(methods, value)}`, words(value)) ? value : host.stop(words(value), s);
  };

  // What a shim says of its recorders, so that nothing but what it says is found there.
  const bare = (options) => {
    if (options === undefined || getPrototypeOf(options) === null) return options;
    setPrototypeOf(options, null);
    const parts = ['special', 'inner', 'asks'];
    for (let n = 0; n < 3; n += 1) if (options[parts[n]] !== undefined) setPrototypeOf(options[parts[n]], null);
    return options;
  };

  // An object of which every method is one call of its own, made at once. `special` gives what some names give instead,
  // and `rest(key)` what others do; `asks` names the methods whose answer comes from the state that the history has built.
  const object = (name, options = create(null)) => {
    const { special = create(null), asks = create(null), given, rest } = bare(options);
    return mark(new Proxy(create(null), {
      __proto__: null,
      get(_, key) {
        if (typeof key === 'symbol') return undefined;
        const value = special[key];
        if (value !== undefined) return value;
        if (key === 'then' || key === 'toJSON') return undefined;
        const other = rest && rest(key);
        if (other !== undefined) return other;
        return (...args) => {
          const full = `${name}.${key}`;
          if (asks[key]) return ask(full, args);
          host.tell(full, args);
          return given ? given(key, args) : resolved(undefined);
        };
      },
      set: (_, key, value) => ((special[key] = value), true),
      has: () => true,
    }), 5, name);
  };
  // A question: a promise of the answer.
  const ask = (name, args) => {
    const answer = host.ask(name, args);
    return resolved(answer);
  };
  // A class whose instances the host knows by name.
  const offer = (name, made) => (put(classes, made.prototype, name), made);

  // The guards that stand already.
  let guards;
  const standing = create(null);
  const need = (names) => {
    if (names === '') return;
    if (guards === undefined) guards = open(host.part('guards'))(inside, host);
    for (let at = 0, end; at < names.length; at = end + 1) {
      end = indexOf(names, ' ', at);
      if (end < 0) end = names.length;
      const name = slice(names, at, end);
      if (standing[name]) continue;
      standing[name] = true;
      if (guards[name] === undefined) host.whole();
      else guards[name]();
    }
  };
  const ALL = 'lists texts objects numbers sets promises clock surroundings language';

  // The modules of a script. `require` of a package that no shim offers, or of a file that may not be read, is a hole.
  let loaded = new Map();
  // Modules that pass on all that a hole may hold.
  const passing = new WeakMap();
  const has = uncurry(Map.prototype.has);
  const at = uncurry(Map.prototype.get);
  const keep = uncurry(Map.prototype.set);
  const startsWith = uncurry(''.startsWith);
  const lastIndexOf = uncurry(''.lastIndexOf);
  const ROOT = '/project/';
  let offered = create(null);
  let instruments;
  const values = () => (instruments = instruments || open(host.part('instruments'))(inside, host));
  // A module that is still being loaded: what it does not hold yet, it may hold later.
  const partly = (exports, name) =>
    isHole(exports) || !isObject(exports) ? exports : new Proxy(exports, {
      __proto__: null,
      get: (_, key) => {
        const value = exports[key];
        return value !== undefined || typeof key === 'symbol' || key === 'then' || key === '__esModule' ? value : hole(`require(${stringify(name)}).${key}`);
      },
    });
  const run = (id, path, name) => {
    if (has(loaded, id)) {
      const known = at(loaded, id);
      return known.loaded ? known.exports : partly(known.exports, name);
    }
    const module = { exports: {}, id: path, filename: ROOT + path, loaded: false };
    keep(loaded, id, module);
    for (let spared = 1; spared === 1; ) {
      try {
        evaluate(id, path, module);
        spared = 0;
      } catch (error) {
        // Some of it, or all, cannot be run without a real run: what is imported from there is then a hole.
        spared = host.spare(id);
        if (spared === 0) throw error;
        if (spared === 2) module.exports = hole(`require(${stringify(name)})`);
      }
    }
    module.loaded = true;
    return module.exports;
  };
  // What instrumented code calls, whichever module it is of.
  const common = freeze({
    __proto__: null,
    h: hole,
    v,
    d: (exports) => (isHole(exports) ? exports : exports && exports.__esModule && 'default' in exports ? exports.default : exports),
    e: (to, from) => {
      // What is not there may come from a file that is not known.
      const beyond = isHole(from) ? from : get(passing, from);
      if (beyond !== undefined && get(passing, to) === undefined) {
        put(passing, to, beyond);
        setPrototypeOf(to, new Proxy(create(null), {
          __proto__: null,
          get: (_, key) => (typeof key === 'symbol' || key === 'then' || key === 'default' || key === '__esModule' ? undefined : beyond[key]),
          has: () => host.stop(words(beyond)),
        }));
      }
      if (isHole(from)) return;
      const keys = ownKeys(from);
      for (let n = 0; n < keys.length; n += 1) if (keys[n] !== 'default' && keys[n] !== '__esModule') to[keys[n]] = from[keys[n]];
    },
    m: (require, specifier) => new Promise((done) => done(require(specifier))),
  });
  for (const name of ownKeys(common)) freeze(common[name]);
  const evaluate = (id, path, module) => {
    const full = ROOT + path;
    const folder = slice(full, 0, lastIndexOf(full, '/'));
    const require = requireFrom(id);
    const tools = freeze({
      __proto__: common,
      a: (start, end, unit) => host.at(id, start, end, unit),
      c: (start, end, imports) => host.code(id, start, end, imports === 1),
      ...(host.goes(id) ? values() : undefined),
    });
    const meta = { url: 'file://' + full, filename: full, dirname: folder };
    need(host.needs(id));
    host.enter(id);
    apply(host.compile(id), module.exports, [module.exports, require, module, full, folder, tools, meta]);
    host.leave();
  };
  const requireFrom = (from) => {
    const require = (specifier) => {
      if (holed(specifier)) return hole(`require(${words(specifier)})`);
      const name = startsWith(`${specifier}`, 'node:') ? slice(specifier, 5) : `${specifier}`;
      if (offered[name] !== undefined) return offered[name](from);
      const found = host.import(from, name);
      const id = found[0], path = found[1];
      if (id === -3) return hole(`require(${stringify(name)})`);
      if (id === -2) return parse(path);
      return id < 0 ? hole(`require(${stringify(name)})`) : run(id, path, name);
    };
    require.resolve = (specifier) => hole(`require.resolve(${words(specifier)})`);
    require.main = undefined;
    require.cache = {};
    return require;
  };

  // What Node has and the engine has not. Waiting takes no time.
  const wait = (callback, _, ...args) => (typeof callback === 'function' && then(resolved(), () => apply(callback, undefined, args)), 0);
  const nothing = () => undefined;
  globalThis.global = globalThis;
  globalThis.setTimeout = globalThis.setImmediate = wait;
  globalThis.setImmediate = (callback, ...args) => wait(callback, 0, ...args);
  globalThis.clearTimeout = globalThis.clearImmediate = globalThis.clearInterval = nothing;
  const note = (...args) => noted(args);
  globalThis.console = new Proxy({}, { __proto__: null, get: () => note });
  const builtin = (name) => (from) => {
    need(ALL);
    const modules = open(host.part('node'))($, host, ROOT, from);
    return modules[name] === undefined ? hole(`require(${stringify(name)})`) : modules[name];
  };
  const builtins = create(null);
  for (const name of ['path', 'fs', 'fs/promises', 'url', 'util', 'assert', 'timers/promises', 'module', 'process']) builtins[name] = builtin(name);
  // Runs the module once more, as it is by then.
  let again;
  const begin = async (shim, id, path, direction, part) => {
    offered = create(builtins);
    const names = ownKeys(shim.modules);
    for (let n = 0; n < names.length; n += 1) offered[names[n]] = shim.modules[names[n]];
    // What stands behind a proxy may be otherwise each time that it is looked at.
    globalThis.Proxy = function () { return host.stop('a proxy'); };
    globalThis.Proxy.revocable = globalThis.Proxy;
    again = async (direction) => {
      await shim.run(at(loaded, id).exports, direction, part);
    };
    await shim.run(run(id, path), direction, part);
  };

  const inside = {
    __proto__: null,
    hole, isHole, holed, isObject, identify, list, words, use, made, known, get, put, pure, mark, bare, resolved, then, apply,
    construct, create, getPrototypeOf, defineProperty, ownKeys, isArray, iterator, toPrimitive, slice, lower, replace, exec, wait,
    nothing, RealDate, Proxy, WeakMap, Promise, open,
  };
  let chained;
  const chains = () => (chained = chained || open(host.part('chains'))(inside, host));
  // A part of a shim, which is a function like the shim itself: run when it is first asked for.
  let parts = create(null);
  const part = (name, ...args) => (name in parts ? parts[name] : (parts[name] = open(host.part(name))($, host, ...args)));

  // An engine that serves several scripts has one kernel: nothing of the script before is left in it but what is known of
  // its objects.
  const renew = () => {
    unused = create(null);
    lost = create(null);
    loaded = new Map();
    parts = create(null);
    offered = create(null);
    instruments = again = undefined;
  };

  const $ = {
    begin, renew, open, part, requireFrom,
    lost: (name) => ((lost[name] = true), hole(name)),
    hole, isHole, holed, object, ask, offer, identify, resolved, then, words, stop: host.stop,
    tell: host.tell, mark, reaches, create,
    get chain() { return chains().chain; },
    get start() { return chains().start; },
    get again() { return again; },
  };
  return $;
})
