exports.up = (knex) =>
  knex.schema.createTable('items', (table) => {
    table.increments('id');
    table.string('name', 50);
    table.integer('amount').defaultTo(1);
    table.string('price');
    table.text('note').notNullable().defaultTo('');
    table.timestamp('seen_at');
    table.string('state').notNullable().defaultTo('new');
  });

exports.down = (knex) => knex.schema.dropTable('items');
