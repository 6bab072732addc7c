// Loads a project's own file as its tool would: the first of some paths, whatever module system it is written in.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// The first of `paths` below `dir` that exists; undefined when none does.
export function first(dir, paths) {
  return paths.map(path => join(dir, path)).find(path => existsSync(path));
}

// Everything that a module exports, whether it says so by `export` or by `module.exports`.
export async function exportsOf(path) {
  if (/\.(json|sequelizerc)$/.test(path)) return createRequire(path)(path);
  let exports = await import(pathToFileURL(path).href);
  while (exports && typeof exports === 'object' && exports.default && Object.keys(exports).every(known)) {
    exports = exports.default;
  }
  return exports;
}

// Names that an engine adds to a module that has but one default export.
function known(name) {
  return ['default', '__esModule', 'module.exports'].includes(name);
}
