exports.up = (knex) =>
  knex.schema.alterTable('items', (table) => {
    table.string('name', 200).notNullable().alter();
    table.bigInteger('amount').notNullable().defaultTo(0).alter();
    table.text('note').nullable().alter();
  });

exports.down = (knex) =>
  knex.schema.alterTable('items', (table) => {
    table.string('name', 50).nullable().alter();
    table.integer('amount').nullable().defaultTo(1).alter();
    table.text('note').notNullable().defaultTo('').alter();
  });
