// Starts run.mjs from a CommonJS module, as the tools' own programs and most projects' scripts start: umzug 3, for one,
// asks `require.main` how it should load a migration.

import('./run.mjs');
