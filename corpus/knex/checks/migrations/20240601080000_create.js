exports.up = (knex) =>
  knex.schema.createTable('products', (t) => {
    t.increments('id');
    t.string('name').checkLength('>', 2);
    t.string('sku').checkRegex('^[A-Z]{3}-[0-9]+$');
    t.integer('stock').checkPositive();
    t.integer('delta').checkNegative('delta_is_negative');
    t.integer('percent').checkBetween([0, 100]);
    t.integer('odd').checkBetween([[1, 3], [7, 9]], 'odd_ranges');
    t.string('size').checkIn(['s', 'm', 'l']);
    t.string('colour').checkNotIn(['none'], 'some_colour');
    t.integer('price').notNullable();
    t.integer('old_price');
    t.check('?? >= ??', ['old_price', 'price']);
    t.check('price < 1000000', [], 'fair_price');
  });

exports.down = (knex) => knex.schema.dropTable('products');
