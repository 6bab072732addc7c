// A migration.
exports.up = function (knex) {
  return knex.schema.createTable('it\'s "odd"', function (t) {
    t.increments();
    t.string('a?b`${c}\\').notNullable().defaultTo("x");
  });
};

exports.down = function (knex) {
  // TODO
  // Undoes 20240101000000_block.js, made by transmigrate; fingerprint 55a48088077ebb45
  // Grade: exact; schema and rows come back as they were
  // Running it throws away:
  //   table it's "odd" with its rows
  return knex.schema.dropTable('it\'s "odd"');
};

exports.config = { transaction: true };
