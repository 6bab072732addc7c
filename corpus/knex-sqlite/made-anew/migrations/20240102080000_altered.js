exports.up = (knex) =>
  knex.schema.alterTable('players', (table) => {
    table.text('name').notNullable().alter();
    table.string('number', 10).nullable().defaultTo('x').alter();
    table.integer('goals').notNullable().defaultTo(0);
  });

exports.down = (knex) =>
  knex.schema.alterTable('players', (table) => {
    table.string('name').notNullable().alter();
    table.integer('number').defaultTo(7).alter();
    table.dropColumn('goals');
  });
