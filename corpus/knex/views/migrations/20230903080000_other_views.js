exports.up = async (knex) => {
  await knex.schema.createViewOrReplace('open_shops', (view) => {
    view.columns(['id', 'name', 'open']);
    view.as(knex('shops').select('id', 'name', 'open').where({ open: true }));
  });
  await knex.schema.createMaterializedView('sales_by_shop', (view) => {
    view.columns(['shop_id', 'total']);
    view.as(knex('sales').select('shop_id').sum('amount as total').groupBy('shop_id'));
  });
  await knex.raw('CREATE VIEW big_sales AS SELECT * FROM sales WHERE amount >= 1000');
};

exports.down = async (knex) => {
  await knex.raw('DROP VIEW big_sales');
  await knex.schema.dropMaterializedView('sales_by_shop');
  await knex.schema.dropView('open_shops');
  await knex.schema.createView('open_shops', (view) => {
    view.columns(['id', 'name']);
    view.as(knex('shops').select('id', 'name').where('open', true));
  });
};
