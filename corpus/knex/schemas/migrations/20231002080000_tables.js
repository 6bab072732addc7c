exports.up = async (knex) => {
  await knex.schema.withSchema('stock').createTable('goods', (table) => {
    table.increments('id');
    table.string('name').notNullable().unique();
    table.integer('size').index();
  });
  await knex.schema.createTable('sales.orders', (table) => {
    table.increments('id');
    table.integer('good_id').notNullable().references('id').inTable('stock.goods').onDelete('RESTRICT');
    table.integer('previous_id').references('id').inTable('sales.orders');
  });
  await knex.schema.withSchema('sales').createTable('customers', (table) => {
    table.increments('id');
    table.uuid('key').notNullable();
  });
};

exports.down = async (knex) => {
  await knex.schema.withSchema('sales').dropTable('customers');
  await knex.schema.withSchema('sales').dropTable('orders');
  await knex.schema.dropTable('stock.goods');
};
