module.exports = {
  client: 'better-sqlite3',
  connection: { filename: './data.db' },
  useNullAsDefault: true,
  migrations: { directory: './migrations' },
};
