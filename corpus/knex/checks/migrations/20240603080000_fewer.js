exports.up = (knex) =>
  knex.schema.alterTable('products', (t) => {
    t.dropChecks(['fair_price', 'odd_ranges']);
  });

exports.down = (knex) =>
  knex.schema.alterTable('products', (t) => {
    t.check('price < 1000000', [], 'fair_price');
    t.check('odd between 1 and 3 or odd between 7 and 9', [], 'odd_ranges');
  });
