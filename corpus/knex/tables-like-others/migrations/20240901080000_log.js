exports.up = (knex) =>
  knex.schema.createTable('log', (t) => {
    t.increments('id');
    t.string('message').notNullable().defaultTo('');
    t.integer('level').notNullable().index();
    t.unique(['message', 'level']);
    t.enu('kind', ['a', 'b']);
  });

exports.down = (knex) => knex.schema.dropTable('log');
