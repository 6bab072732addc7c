exports.up = (knex) =>
  knex.schema
    .createTable('shelves', (table) => {
      table.increments('id');
    })
    .createTable('boxes', (table) => {
      table.increments('id');
      table.integer('shelf_id').references('id').inTable('shelves');
    });

exports.down = (knex) => knex.schema.dropTable('shelves').dropTable('boxes');
