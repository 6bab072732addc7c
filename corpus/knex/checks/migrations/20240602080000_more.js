exports.up = async (knex) => {
  await knex.schema.alterTable('products', (t) => {
    t.integer('weight').checkPositive('weight_is_positive');
    t.check('stock > delta', [], 'stock_over_delta');
  });
};

exports.down = async (knex) => {
  await knex.schema.alterTable('products', (t) => {
    t.dropChecks('stock_over_delta');
    t.dropColumn('weight');
  });
};
