'use strict'

module.exports = {
  development: {
    client: 'pg',
    connection: { host: 'localhost', database: 'old' },
    migrations: { tableName: 'knex_migrations' }
  }
}
