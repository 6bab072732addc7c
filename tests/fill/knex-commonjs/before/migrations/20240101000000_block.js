// A migration.
exports.up = function (knex) {
  return knex.schema.createTable('it\'s "odd"', function (t) {
    t.increments();
    t.string('a?b`${c}\\').notNullable().defaultTo("x");
  });
};

exports.down = function (knex) {
  // TODO
  return Promise.resolve();
};

exports.config = { transaction: true };
