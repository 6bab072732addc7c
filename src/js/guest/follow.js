// What instrumented code calls in a statement that is followed: one that goes by rows, and is run for one of them, which is
// a hole. A part of the kernel, for scripts that have such statements. A function of what the kernel keeps to itself, of the
// host, and of what looks at a condition.
(function (inside, host, condition) {
  'use strict';
  const { hole, isHole, holed, isObject, words, use, made, list, known, get, put, then, resolved, apply, create, isArray, iterator, exec, nothing, WeakMap, Promise } = inside;
  const text = Function.prototype.toString;
  // How many times a loop went round for what only a real run can know, and whether a turn has just begun.
  let turns = 0;
  let fresh = false;
  // What calls gave of which it is known what they did.
  const spent = new WeakMap();
  const begin = () => {
    turns += 1;
    fresh = true;
  };
  const n = () => turns;
  const r = () => fresh && !(fresh = false);

  // What a `for … of` goes through.
  const o = (value, s, name) => {
    if (!isHole(value)) return value;
    use(value);
    if (!host.followed()) return host.stop(words(value), s);
    let over = false;
    const next = () => {
      if (over) return { done: true, value: undefined };
      over = true;
      begin();
      return { done: false, value: hole(name) };
    };
    return { __proto__: null, [iterator]: () => ({ __proto__: null, next, return: (value) => ({ done: true, value }) }) };
  };
  // What a `for … in` goes through.
  const K = (value, s) => {
    if (!isHole(value)) return value;
    use(value);
    if (!host.followed()) return host.stop(words(value), s);
    begin();
    return { __proto__: null, [`${hole('key')}`]: true };
  };
  // The test of a loop, with how often it was asked before.
  const f = (value, s, count) => {
    if (!holed(value)) return value;
    use(value);
    if (!host.followed()) return host.stop(words(value), s);
    if (count > 0) return false;
    begin();
    return true;
  };
  // The test of an `if`: whether its one side is run, whether its other is, and whether only a real run knows which.
  const F = (value, s) => {
    const both = holed(value);
    use(value);
    if (both && !host.fork()) return host.stop(words(value), s);
    return { __proto__: null, 0: both || !!value, 1: both || !value, 2: both };
  };
  const E = (ways) => ways[2] && host.join();
  // A way out that is not taken because only a real run knows whether it is: at the end of a side it is passed by.
  const W = (s) => host.stop('a way out of which only a real run can know whether it is taken', s);
  const T = () => host.fails();
  const R = (value, free, s) => (free || value === undefined || value === null ? undefined : W(s));
  const G = () => begin();
  // What two sides gave of which only a real run knows which is taken.
  const merged = (given, source, s) => {
    let waits = false;
    let does = false;
    for (let i = 0; i < given.length; i += 1) {
      const own = isObject(given[i]) && !isHole(given[i]) ? get(known, given[i]) : undefined;
      if (own !== undefined || typeof given[i] === 'function' && !isHole(given[i])) return host.stop(source, s);
      if (isArray(given[i])) return host.stop(source, s);
      waits = waits || given[i] instanceof Promise;
      does = does || isHole(given[i]);
    }
    const result = () => {
      const value = hole(source);
      // What it gives came from nothing that is not known.
      if (!does) put(spent, value, 'done');
      return value;
    };
    if (!waits) return result();
    let all = resolved();
    for (let i = 0; i < given.length; i += 1) {
      all = then(all, () => given[i]);
    }
    return then(all, result);
  };
  const aside = (test, sides, source) => {
    use(test);
    if (!host.fork()) return host.stop(words(test));
    const given = [];
    for (let i = 0; i < sides.length; i += 1) given[i] = sides[i]();
    host.join();
    return merged(given, source);
  };
  const B = (test, first, second, source) => (holed(test) ? aside(test, [first, second], source) : test ? first() : second());
  const L = (op, left, right, source) => {
    if (holed(left)) return aside(left, [right], source);
    if (op === '||') return left || right();
    return op === '&&' ? left && right() : left ?? right();
  };
  const j = (test, first, second, source) => {
    if (!holed(test)) return test ? first() : second();
    use(test);
    // What is done to the hole would be done to one of them.
    const own = (value) => isObject(value) && !isHole(value);
    return own(first()) || own(second()) ? host.stop(source) : hole(source);
  };

  // What a callback gave is waited for, as whoever called it would.
  const failed = () => host.stop('a function that fails for a row');
  const settle = (given) => {
    if (!isObject(given) || isHole(given)) return;
    const own = get(known, given);
    if (given instanceof Promise) then(given, nothing, failed);
    else if (own !== undefined && own[0] === 0) given.then(nothing, failed);
    else if (isArray(given)) for (let i = 0; i < given.length; i += 1) settle(given[i]);
  };
  // Methods of lists, and functions of packages that are given a list and a function.
  const LISTS = { __proto__: null, map: 1, forEach: 1, flatMap: 1, filter: 1, find: 1, findIndex: 1, some: 1, every: 1, reduce: 1, each: 1 };
  const PACKAGES = { __proto__: null, map: 1, each: 1, forEach: 1, mapSeries: 1, eachSeries: 1, forEachSeries: 1, filter: 1, reduce: 1, eachLimit: 0 };
  const parameter = (fn, at) => {
    const first = /^(?:async\b\s*)?(?:function\b\s*\w*\s*)?(\(?)\s*(?:([A-Za-z_$][\w$]*)|(\{))/;
    const second = /^[^(]*\(\s*[\w$]+\s*,\s*(?:([A-Za-z_$][\w$]*)|(\{))/;
    const source = apply(text, fn, []);
    const found = at === 0 ? exec(first, source) : exec(second, source);
    if (found === null) return 'row';
    return found[at === 0 ? 2 : 1] || '';
  };
  const turn = (source, method, self, args, at) => {
    if (!host.followed() || method === undefined) return undefined;
    if (!(at === 0 ? LISTS[method] : at === 1 && PACKAGES[method] && isHole(args[0]))) return undefined;
    const fn = args[at];
    const sums = method === 'reduce';
    const row = hole(parameter(fn, sums ? 1 : 0));
    begin();
    const start = args[at + 1];
    const given = sums
      ? apply(fn, undefined, [start instanceof Promise ? start : hole(parameter(fn, 0) || 'sum'), row, hole('index'), at === 0 ? self : args[0]])
      : apply(fn, undefined, [row, hole('index'), at === 0 ? self : args[0]]);
    settle(given);
    if (sums && given instanceof Promise) return { given: then(given, () => hole(`${source}(…)`)) };
    if (method === 'forEach' && at === 0) return { given: undefined };
    const result = hole(`${source}(${list(args)})`);
    // Whether it was called for what it gives or for what it does, only a package knows.
    put(spent, result, isHole(given) ? 'value' : 'done');
    // What it was called for is what is done with what all of them gave.
    if (isHole(given) && method !== 'each') {
      use(given);
      made(result, source, method);
    }
    return { given: result };
  };
  const gathers = (promises) => {
    if (get(spent, promises) === 'value' && host.followed()) host.stop(words(promises));
  };
  // What is put into a list of which it is not known what is in it: a query is waited for in the end.
  const KEPT = { __proto__: null, push: 1, unshift: 1, add: 1, concat: 1 };
  const keeps = (method, args) => {
    if (method === undefined || !KEPT[method] || !host.followed()) return false;
    for (let i = 0; i < args.length; i += 1) {
      const own = isObject(args[i]) && !isHole(args[i]) ? get(known, args[i]) : undefined;
      if (own !== undefined && own[0] !== 0) return false;
      if (own === undefined && isObject(args[i]) && !(args[i] instanceof Promise)) return false;
    }
    for (let i = 0; i < args.length; i += 1) settle(args[i]);
    return true;
  };
  inside.turn = turn;
  inside.keeps = keeps;
  inside.gathers = gathers;
  inside.spent = (value) => get(spent, value) !== undefined;

  const g = (start, end) => host.follow(start, end);
  const z = () => then(host.idle(), () => host.close());
  // What a function gives: known only if it is nothing.
  const y = (value, waits) => {
    const over = (given) => {
      host.close();
      return given === undefined || given === null || (isObject(given) && get(known, given) !== undefined) ? given : hole('await …');
    };
    const promised = isObject(value) && !isHole(value) && typeof value.then === 'function';
    if (!promised && !waits) return host.stop('a function that is not waited for');
    return then(resolved(value), (given) => then(host.idle(), () => over(given)));
  };
  return { __proto__: null, n, r, o, f, j, g, z, y, F, E, B, L, R, T, W, G, K };
})
