exports.up = async (knex) => {
  await knex.schema.refreshMaterializedView('sales_by_shop');
  await knex.schema.renameView('big_sales', 'great_sales');
};

exports.down = async (knex) => {
  await knex.schema.renameView('great_sales', 'big_sales');
};
