exports.up = (knex) =>
  knex.schema.alterTable('books', (table) => {
    table.enum('binding', ['hard', 'soft']).defaultTo('soft');
    table.json('shelf');
  });

exports.down = (knex) => knex.schema.alterTable('books', (table) => table.dropColumns('binding', 'shelf'));
