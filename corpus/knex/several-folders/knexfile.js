const path = require('path');

module.exports = {
  client: 'pg',
  connection: process.env.DATABASE_URL,
  migrations: {
    directory: [path.join(__dirname, 'core', 'migrations'), './addons/migrations'],
    sortDirsSeparately: true,
    loadExtensions: ['.js', '.cjs'],
  },
};
