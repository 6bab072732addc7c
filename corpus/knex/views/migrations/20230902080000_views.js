exports.up = async (knex) => {
  await knex.schema.createView('open_shops', (view) => {
    view.columns(['id', 'name']);
    view.as(knex('shops').select('id', 'name').where('open', true));
  });
  await knex.schema.createView('shop_sales', (view) => {
    view.as(
      knex('sales')
        .join('shops', 'shops.id', '=', 'sales.shop_id')
        .select('shops.name as shop', 'sales.amount')
        .where('sales.amount', '>', 10)
        .orderBy('sales.amount', 'desc')
    );
  });
};

exports.down = async (knex) => {
  await knex.schema.dropView('shop_sales').dropViewIfExists('open_shops');
};
