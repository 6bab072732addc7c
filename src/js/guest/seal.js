// What makes an engine one that serves several scripts, one after the other: all that the language has is put beyond change.
// It is run before anything else is.
//
// It gives a function that first notes what is global, and when it is called again tells whether that is still so.
(function () {
  'use strict';
  const { ownKeys, getPrototypeOf, getOwnPropertyDescriptor, defineProperty, preventExtensions } = Reflect;
  const { freeze, getOwnPropertyDescriptors, is } = Object;
  // What a script's own objects may have under the same names (`exports.toString = …`) stays writable, and is looked at.
  const common = Object.prototype;
  const sealed = new Set();
  const seal = (object) => {
    if (((typeof object !== 'object' || object === null) && typeof object !== 'function') || object === globalThis) return;
    if (sealed.has(object)) return;
    sealed.add(object);
    const all = getOwnPropertyDescriptors(object);
    const keys = ownKeys(all);
    if (object === common) {
      preventExtensions(object);
      for (let n = 0; n < keys.length; n += 1) defineProperty(object, keys[n], { __proto__: null, configurable: false });
    } else freeze(object);
    for (let n = 0; n < keys.length; n += 1) {
      const { value, get, set } = all[keys[n]];
      seal(value);
      seal(get);
      seal(set);
    }
    seal(getPrototypeOf(object));
  };
  const globals = ownKeys(globalThis);
  for (let n = 0; n < globals.length; n += 1) seal(getOwnPropertyDescriptor(globalThis, globals[n]).value);
  // What has no name.
  const list = [][Symbol.iterator]();
  const generators = [function* () {}, async function* () {}];
  for (const generator of generators) seal(getPrototypeOf(generator()));
  for (const sample of [
    ...generators, async function () {}, list, new Map().entries(), new Set().values(), ''[Symbol.iterator](), ''.matchAll(/a/g),
    list.map === undefined ? list : list.map((x) => x), list.map === undefined ? list : Iterator.from({ next() {} }),
  ]) {
    seal(getPrototypeOf(sample));
  }

  const held = (object) => {
    const keys = ownKeys(object);
    const values = [];
    for (let n = 0; n < keys.length; n += 1) values[n] = keys[n] === '__proto__' ? undefined : object[keys[n]];
    return [keys, values];
  };
  const same = (object, [before, values]) => {
    const keys = ownKeys(object);
    if (keys.length !== before.length) return false;
    for (let n = 0; n < keys.length; n += 1) {
      const key = keys[n];
      if (key !== before[n]) return false;
      // The kernel puts its own there before each script.
      if (key !== 'Proxy' && key !== '__proto__' && !is(object[key], values[n])) return false;
    }
    return true;
  };
  let first;
  let commons;
  return () => {
    if (first !== undefined) return same(globalThis, first) && same(common, commons);
    first = held(globalThis);
    commons = held(common);
    return true;
  };
})
