exports.up = (knex) =>
  knex.schema.createTable('tickets', (t) => {
    t.increments('id');
    t.enu('priority', ['low', 'normal', 'high']).notNullable().defaultTo('normal');
    t.enum('origin', ['mail', 'phone', 'web']);
  });

exports.down = (knex) => knex.schema.dropTable('tickets');
