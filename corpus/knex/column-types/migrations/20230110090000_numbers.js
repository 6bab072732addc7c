exports.up = function (knex) {
  return knex.schema.createTable('numbers', (table) => {
    table.increments();
    table.integer('plain');
    table.integer('with_length', 11);
    table.tinyint('tiny');
    table.smallint('small');
    table.mediumint('medium');
    table.bigInteger('big');
    table.bigint('big_again');
    table.integer('counted').unsigned();
    table.float('ratio');
    table.float('ratio_wide', 53);
    table.double('exact_ratio');
    table.double('exact_ratio_sized', 10, 4);
    table.decimal('price');
    table.decimal('price_sized', 14, 3);
    table.decimal('price_any', null);
    table.boolean('flag');
    table.bool('flag_again');
  });
};

exports.down = function (knex) {
  return knex.schema.dropTable('numbers');
};
