const isLite = (knex) => ['sqlite3', 'better-sqlite3'].includes(knex.client.config.client);

exports.up = async (knex) => {
  await knex.schema.createTable('things', (table) => {
    table.increments('id');
    table.string('label').notNullable();
    if (isLite(knex)) table.text('payload');
    else table.jsonb('payload');
    table.boolean('ok').defaultTo(false);
    table.datetime('at');
    table.specificType('bits', knex.client.dialect === 'sqlite3' ? 'blob' : 'bytea');
    table.float('size');
  });
  if (knex.client.driverName === 'pg') await knex.raw('create extension citext');
};

exports.down = (knex) => knex.schema.dropTable('things');
