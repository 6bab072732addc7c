exports.up = async (knex) => {
  await knex.schema.createTable('shops', (t) => {
    t.increments('id');
    t.string('name').notNullable();
    t.boolean('open').notNullable().defaultTo(true);
  });
  await knex.schema.createTable('sales', (t) => {
    t.increments('id');
    t.integer('shop_id').notNullable().references('id').inTable('shops');
    t.decimal('amount', 10, 2).notNullable();
    t.timestamp('sold_at').defaultTo(knex.fn.now());
  });
};

exports.down = async (knex) => {
  await knex.schema.dropTable('sales');
  await knex.schema.dropTable('shops');
};
