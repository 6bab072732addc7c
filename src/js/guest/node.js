// The few modules of Node's own that migrations use: paths, and reading files of the project.
(function ($, host, ROOT, from) {
  'use strict';
  const parts = (path) => {
    const out = [];
    for (const part of `${path}`.split('/')) {
      if (part === '..' && out.length && out[out.length - 1] !== '..') out.pop();
      else if (part !== '' && part !== '.') out.push(part);
    }
    return out;
  };
  const normalize = (path) => (`${path}`.startsWith('/') ? '/' + parts(path).filter((p) => p !== '..').join('/') : parts(path).join('/') || '.');
  const path = {
    sep: '/',
    delimiter: ':',
    normalize,
    join: (...all) => normalize(all.filter((part) => part !== '').join('/')),
    resolve: (...all) => {
      let result = '';
      for (const part of all) result = `${part}`.startsWith('/') ? `${part}` : `${result}/${part}`;
      return normalize(result.startsWith('/project') || all.some((p) => `${p}`.startsWith('/')) ? result : `/project/${result}`);
    },
    dirname: (file) => (`${file}`.includes('/') ? `${file}`.slice(0, `${file}`.lastIndexOf('/')) || '/' : '.'),
    basename: (file, ending = '') => {
      const name = `${file}`.slice(`${file}`.lastIndexOf('/') + 1);
      return ending && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
    },
    extname: (file) => {
      const name = path.basename(file);
      return name.lastIndexOf('.') > 0 ? name.slice(name.lastIndexOf('.')) : '';
    },
    isAbsolute: (file) => `${file}`.startsWith('/'),
    relative: (a, b) => $.hole(`path.relative(${$.words(a)}, ${$.words(b)})`),
  };
  path.posix = path;
  const text = (file) => {
    const full = normalize(`${file}`.startsWith('file://') ? `${file}`.slice(7) : `${file}`.startsWith('/') ? file : `/project/${file}`);
    return full.startsWith(ROOT) ? host.read(full.slice(ROOT.length)) : undefined;
  };
  const contents = (file, options) => {
    const found = text(file);
    if (found === undefined || found === null) return $.stop(`the file ${$.words(file)}`);
    if (options) return found;
    return { toString: () => found, length: found.length };
  };
  const fs = {
    readFileSync: contents,
    existsSync: (file) => {
      const found = text(file);
      return found === undefined || found === null ? $.hole(`fs.existsSync(${$.words(file)})`) : true;
    },
    readFile: (file, options, done) => {
      const callback = done || options;
      const found = contents(file, done ? options : undefined);
      if (typeof callback === 'function') callback(null, found);
      return $.resolved(found);
    },
    readdirSync: (folder) => $.hole(`fs.readdirSync(${$.words(folder)})`),
    writeFileSync: () => $.stop('fs.writeFileSync'),
  };
  const promises = { readFile: async (file, options) => contents(file, options) };
  fs.promises = promises;
  const assert = (truth, message) => {
    if ($.isHole(truth)) return $.stop($.words(truth));
    if (!truth) throw new Error(message || 'assertion failed');
  };
  assert.ok = assert;
  return {
    path,
    fs,
    'fs/promises': promises,
    url: {
      fileURLToPath: (url) => ($.isHole(url) ? $.hole(`fileURLToPath(${$.words(url)})`) : `${url}`.replace(/^file:\/\//, '')),
      pathToFileURL: (file) => ({ href: `file://${file}`, toString: () => `file://${file}` }),
      URL: $.hole('URL'),
    },
    util: {
      promisify: (fn) => (fn === fs.readFile ? promises.readFile : (...args) => ($.isHole(fn) ? fn(...args) : new Promise((done, fail) => fn(...args, (error, value) => (error ? fail(error) : done(value)))))),
      inspect: (value) => $.hole(`util.inspect(${$.words(value)})`),
      format: (...args) => args.join(' '),
    },
    assert,
    process: globalThis.process,
    module: { createRequire: () => $.requireFrom(from) },
    'timers/promises': { setTimeout: (_, value) => $.resolved(value) },
  };
})
