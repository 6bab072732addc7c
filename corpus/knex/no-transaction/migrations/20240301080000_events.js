exports.up = (knex) =>
  knex.schema.createTable('events', (t) => {
    t.bigIncrements('id');
    t.string('kind').notNullable();
    t.jsonb('body');
    t.timestamp('at').notNullable().defaultTo(knex.fn.now());
  });

exports.down = (knex) => knex.schema.dropTable('events');
