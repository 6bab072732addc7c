exports.up = function (knex) {
  return knex.schema.createTable('jobs', function (table) {
    table.increments('id');
    table.string('name').notNullable();
  });
};

exports.down = function (knex) {};
