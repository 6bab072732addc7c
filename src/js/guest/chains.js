// Recorders whose calls come one after the other, as with a query builder: a part of the kernel, for the shims that have
// them. A function of what the kernel keeps to itself and of the host.
(function (inside, host) {
  'use strict';
  const { known, get, mark, toPrimitive, bare, apply, create, defineProperty, Proxy, Promise } = inside;
  // A function that a recorder was given is run at once, on a recorder of its own (`this` and the first argument);
  // what it starts there is its body.
  const prepare = (args, options) => {
    let given = 0;
    for (let i = 0; i < args.length; i += 1) if (typeof args[i] === 'function') given += 1;
    if (given === 0 || !options.body) return args;
    const out = [];
    for (let i = 0; i < args.length; i += 1) {
      const arg = args[i];
      const run = typeof arg === 'function' && get(known, arg) === undefined;
      defineProperty(out, i, { value: run ? body(arg, options) : arg, enumerable: true, writable: true, configurable: true });
    }
    return out;
  };
  const body = (fn, options) => {
    const id = host.body();
    const starter = mark(new Proxy(function () {}, {
      __proto__: null,
      get(_, key) {
        if (typeof key === 'symbol' || key === 'then') return undefined;
        const member = options.inner && options.inner[key];
        if (member !== undefined) return member;
        return (...args) => {
          const started = chain(id, options);
          started.step(key, args);
          return started.proxy;
        };
      },
      set: () => true,
    }), 2, id);
    try {
      const result = apply(fn, starter, [starter, starter]);
      if (result instanceof Promise) host.later(result);
    } finally {
      host.end();
    }
    return mark(create(null), 2, id);
  };

  // A recorder on which every method is noted and gives the recorder again. `options`: `body`, whether functions among
  // the arguments are run on a recorder; `special`, methods and properties that do something else, each given the chain;
  // `inner`, the same for the recorder that such a function gets; `symbol(chain, key)`. A chain's own `inner` says whether
  // it was started in such a function.
  const chain = (bodyId, options) => {
    const id = host.chain(bodyId);
    const self = { __proto__: null, id, options: bare(options), inner: bodyId >= 0 };
    self.step = (name, args) => host.step(id, name, prepare(args, options));
    self.proxy = mark(
      new Proxy(function () {}, {
        __proto__: null,
        get(_, key) {
          if (typeof key === 'symbol') {
            if (key === toPrimitive && options.text) return () => options.text(self);
            return undefined;
          }
          const special = options.special && options.special[key];
          if (special !== undefined) return special(self);
          if (options.property && options.property(key)) {
            self.step(key, []);
            return self.proxy;
          }
          return (...args) => {
            self.step(key, args);
            return self.proxy;
          };
        },
        apply(_, __, args) {
          self.step('', args);
          return self.proxy;
        },
        construct(_, args) {
          self.step('', args);
          return self.proxy;
        },
        set: () => true,
      }),
      0,
      id,
    );
    return self;
  };
  // A new chain that starts with a call.
  const start = (options, name, args) => {
    const started = chain(-1, options);
    started.step(name, args);
    return started.proxy;
  };

  return { chain, start };
})
