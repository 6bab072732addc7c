exports.up = async (knex) => {
  await knex.schema.withSchema('sales').alterTable('customers', (table) => {
    table.string('name').notNullable().defaultTo('');
    table.unique(['key']);
    table.renameColumn('key', 'token');
  });
  await knex.schema.withSchema('sales').table('orders', (table) => {
    table.integer('customer_id').references('id').inTable('sales.customers');
    table.index(['customer_id', 'good_id']);
    table.dropForeign('previous_id', 'sales_orders_previous_id_foreign');
  });
  await knex.schema.withSchema('stock').renameTable('goods', 'wares');
};

exports.down = async (knex) => {
  await knex.schema.withSchema('stock').renameTable('wares', 'goods');
  await knex.schema.withSchema('sales').table('orders', (table) => {
    table.foreign('previous_id', 'sales_orders_previous_id_foreign').references('id').inTable('sales.orders');
    table.dropIndex(['customer_id', 'good_id']);
    table.dropColumn('customer_id');
  });
  await knex.schema.withSchema('sales').alterTable('customers', (table) => {
    table.renameColumn('token', 'key');
    table.dropUnique(['key']);
    table.dropColumn('name');
  });
};
