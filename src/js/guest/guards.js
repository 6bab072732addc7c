// What stands in the place of the language's own functions where these would make a wrong answer of a hole, and what keeps
// a script from changing the language. In groups, each put up only before a script that may come to it
// (`prepare/needs.rs`): most need none.
//
// It is a function of what the kernel keeps to itself and of the host, and gives the groups.
(function (inside, host) {
  'use strict';
  const {
    hole, isHole, holed, isObject, list, words, get, put, pure, resolved, apply, construct, create, getPrototypeOf,
    defineProperty, ownKeys, isArray, iterator, wait, nothing, RealDate, Proxy,
    WeakMap, Promise,
  } = inside;
  // Built-in functions that would make a wrong answer of a hole.
  const guard = (owner, name, source) => {
    const real = owner[name];
    defineProperty(owner, name, {
      value(...args) {
        for (let n = 0; n < args.length; n += 1) if (holed(args[n])) return hole(`${source}(${list(args)})`);
        return apply(real, this, args);
      },
      writable: true, configurable: true, enumerable: false,
    });
  };
  // `make` gives what stands in the place of a method, from the real one.
  const instead = (owner, name, make) =>
    defineProperty(owner, name, { value: make(owner[name]), writable: true, configurable: true, enumerable: false });
  const anyHoled = (values) => {
    for (let n = 0; n < values.length; n += 1) if (holed(values[n])) return true;
    return false;
  };

  // Functions that are classes too.
  const guarded = (name, made) => {
    globalThis[name] = new Proxy(globalThis[name], {
      apply: (target, self, args) => (!made && holed(args[0]) ? hole(`${name}(${words(args[0])})`) : apply(target, self, args)),
      construct: (target, args, self) =>
        isHole(args[0]) ? hole(`new ${name}(${list(args)})`) : construct(target, args, self === globalThis[name] ? target : self),
    });
  };

  return {
    __proto__: null,
    lists() {
      for (const name of ['isArray', 'from']) guard(Array, name, `Array.${name}`);
      // What a list is searched for, and by what: a function that only works out a value may be left without an answer.
      for (const name of ['includes', 'indexOf', 'lastIndexOf']) {
        instead(Array.prototype, name, (real) => ({
          method(...args) {
            return holed(args[0]) || anyHoled(this) ? hole(`${words(this)}.${name}(${words(args[0])})`) : apply(real, this, args);
          },
        }).method);
      }
      for (const name of ['every', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some']) {
        instead(Array.prototype, name, (real) => ({
          method(test, self) {
            if (typeof test !== 'function') return apply(real, this, [test, self]);
            let unsure = false;
            const result = apply(real, this, [(...args) => {
              const said = apply(test, self, args);
              if (holed(said)) {
                if (get(pure, test) === undefined) host.stop(words(said));
                unsure = true;
              }
              return said;
            }]);
            return unsure ? hole(`${words(this)}.${name}(…)`) : result;
          },
        }).method);
      }
      instead(Array.prototype, 'concat', (real) => ({
        method(...args) {
          for (let n = 0; n < args.length; n += 1) if (isHole(args[n])) return hole(`${words(this)}.concat(${list(args)})`);
          return apply(real, this, args);
        },
      }).method);
      instead(Array.prototype, 'flat', (real) => ({
        method(...args) {
          for (let n = 0; n < this.length; n += 1) if (isHole(this[n])) return hole(`${words(this)}.flat(${list(args)})`);
          return apply(real, this, args);
        },
      }).method);
      instead(Array.prototype, 'flatMap', (real) => ({
        method(make, self) {
          let unsure = false;
          const result = apply(real, this, [(...args) => {
            const made = apply(make, self, args);
            unsure = unsure || isHole(made);
            return made;
          }]);
          return unsure ? hole(`${words(this)}.flatMap(…)`) : result;
        },
      }).method);
      for (const name of ['sort', 'toSorted']) {
        instead(Array.prototype, name, (real) => ({
          method(...args) {
            return args.length === 0 && anyHoled(this) ? host.stop(`${words(this)}.${name}()`) : apply(real, this, args);
          },
        }).method);
      }
    },
    texts() {
      for (const name of ['test', 'exec']) guard(RegExp.prototype, name, `/…/.${name}`);
      // What a string holds that is known in part only.
      for (const name of [
        'at', 'charAt', 'charCodeAt', 'codePointAt', 'endsWith', 'includes', 'indexOf', 'lastIndexOf', 'localeCompare', 'match',
        'matchAll', 'normalize', 'padEnd', 'padStart', 'replace', 'replaceAll', 'search', 'slice', 'split', 'startsWith', 'substr',
        'substring', 'toLowerCase', 'toUpperCase', 'toLocaleLowerCase', 'toLocaleUpperCase',
      ]) {
        instead(String.prototype, name, (real) => ({
          method(...args) {
            return holed(this) || anyHoled(args) ? hole(`${words(this)}.${name}(${list(args)})`) : apply(real, this, args);
          },
        }).method);
      }
    },
    objects() {
      for (const name of ['keys', 'values', 'entries', 'getOwnPropertyNames']) guard(Object, name, `Object.${name}`);
      guard(JSON, 'parse', 'JSON.parse');
      instead(JSON, 'stringify', (real) => (...args) => {
        const text = apply(real, JSON, args);
        return holed(text) ? hole(`JSON.stringify(${words(args[0])})`) : text;
      });
      instead(Object, 'fromEntries', (real) => (entries) => {
        if (isHole(entries)) return hole(`Object.fromEntries(${words(entries)})`);
        for (let n = 0; isArray(entries) && n < entries.length; n += 1) {
          if (isHole(entries[n]) || (isObject(entries[n]) && holed(entries[n][0]))) return hole('Object.fromEntries([…])');
        }
        return real(entries);
      });
    },
    numbers() {
      for (const name of ['isNaN', 'isFinite', 'isInteger', 'isSafeInteger', 'parseInt', 'parseFloat']) guard(Number, name, `Number.${name}`);
      for (const name of ['parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent', 'encodeURI', 'decodeURIComponent', 'decodeURI', 'escape', 'unescape']) guard(globalThis, name, name);
      for (const name of ownKeys(Math)) if (typeof Math[name] === 'function') guard(Math, name, `Math.${name}`);
      for (const name of ['Boolean', 'Number', 'BigInt']) guarded(name, false);
    },
    sets() {
      for (const name of ['Set', 'Map', 'WeakSet', 'WeakMap']) guarded(name, true);
      // What a set holds, or a map under which key, where one of them is not known.
      const unsure = new WeakMap();
      for (const [of, add, asks] of [[Set, 'add', ['has', 'delete']], [Map, 'set', ['has', 'get', 'delete']]]) {
        instead(of.prototype, add, (real) => ({
          method(...args) {
            if (holed(args[0])) put(unsure, this, true);
            return apply(real, this, args);
          },
        }).method);
        for (const name of asks) {
          instead(of.prototype, name, (real) => ({
            method(key) {
              return isObject(this) && (holed(key) || get(unsure, this) !== undefined) ? hole(`${words(this)}.${name}(${words(key)})`) : apply(real, this, [key]);
            },
          }).method);
        }
      }
    },
    promises() {
      for (const name of ['all', 'allSettled', 'any', 'race']) {
        instead(Promise, name, (real) => ({
          method(promises) {
            if (isHole(promises) && inside.gathers !== undefined) inside.gathers(promises);
            return isHole(promises) ? resolved(hole(`await Promise.${name}(${words(promises)})`)) : apply(real, this, [promises]);
          },
        }).method);
      }
    },
    clock() {
      const now = () => hole('Date.now()');
      const GuestDate = new Proxy(RealDate, {
        __proto__: null,
        construct(target, args, self) {
          if (args.length === 0) return hole('new Date()');
          if (holed(args[0])) return hole(`new Date(${list(args)})`);
          return construct(target, args, self === GuestDate ? target : self);
        },
        apply: () => hole('Date()'),
        get: (target, key) => (key === 'now' ? now : key === 'parse' ? (text) => (holed(text) ? hole(`Date.parse(${words(text)})`) : target.parse(text)) : target[key]),
      });
      globalThis.Date = GuestDate;
      Math.random = () => hole('Math.random()');
    },
    surroundings() {
      const opaque = (name) => defineProperty(globalThis, name, { get: () => hole(name), set(value) { defineProperty(globalThis, name, { value, writable: true, configurable: true }); }, configurable: true });
      for (const name of ['Buffer', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'fetch', 'crypto', 'Intl', 'setInterval', 'structuredClone', 'performance', 'AbortController']) opaque(name);
      globalThis.process = new Proxy(create(null), {
        __proto__: null,
        get(_, key) {
          if (key === 'env') return new Proxy(create(null), { __proto__: null, get: (_, name) => (typeof name === 'symbol' ? undefined : hole(`process.env.${name}`)), has: () => host.stop('process.env'), ownKeys: () => host.stop('process.env') });
          if (key === 'cwd') return () => '/project';
          if (key === 'argv') return ['node', 'script'];
          if (key === 'platform') return 'linux';
          if (key === 'nextTick') return (callback, ...args) => wait(callback, 0, ...args);
          if (key === 'on' || key === 'once' || key === 'emitWarning') return nothing;
          if (key === 'stdout' || key === 'stderr') return { write: nothing };
          if (key === 'exit') return () => host.stop('process.exit()');
          return typeof key === 'symbol' ? undefined : hole(`process.${key}`);
        },
        set: () => true,
      });
    },
    language() {
      // What shims and the kernel use of the language. A script that changes it would change what is recorded, or lose it:
      // that statement is for a real run.
      const lock = (owner, name, keys) => {
        for (let n = 0; n < keys.length; n += 1) {
          const key = keys[n];
          const real = owner[key];
          defineProperty(owner, key, {
            get: () => real,
            set(value) {
              if (this === owner) host.stop(`a change to ${name}`);
              defineProperty(this, key, { value, writable: true, configurable: true, enumerable: true });
            },
            enumerable: false, configurable: false,
          });
        }
      };
      const ArrayIterator = getPrototypeOf([][iterator]());
      lock(Array.prototype, 'Array.prototype', [iterator, 'concat', 'filter', 'find', 'findIndex', 'forEach', 'indexOf', 'join', 'map', 'push', 'reverse', 'slice', 'sort', 'splice', 'pop']);
      lock(ArrayIterator, 'the iterator of arrays', ['next']);
      lock(String.prototype, 'String.prototype', ['endsWith', 'includes', 'lastIndexOf', 'replace', 'slice', 'split', 'startsWith']);
      lock(RegExp.prototype, 'RegExp.prototype', ['exec', 'test']);
      lock(Function.prototype, 'Function.prototype', ['apply', 'call', 'toString']);
      lock(Promise.prototype, 'Promise.prototype', ['constructor', 'then']);
      lock(RealDate.prototype, 'Date.prototype', ['getTime']);
      lock(Array, 'Array', ['isArray']);
      lock(Object, 'Object', ['assign', 'defineProperty', 'entries', 'keys', 'setPrototypeOf']);
      // Code that is made at run time is not instrumented, so nothing would notice what it rests on.
      const maker = (name, sample) => {
        const proto = getPrototypeOf(sample);
        const made = function () { return host.stop(name); };
        defineProperty(made, 'prototype', { value: proto });
        defineProperty(proto, 'constructor', { value: made, writable: true, configurable: true });
        return made;
      };
      globalThis.Function = maker('new Function()', function () {});
      maker('new Function()', async function () {});
      maker('new Function()', function* () {});
      maker('new Function()', async function* () {});
      globalThis.eval = () => host.stop('eval()');
      // The engine would hand functions of ours to it.
      defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: true, configurable: true });
    },
  };
})
