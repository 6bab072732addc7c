'use strict';

exports.up = function (knex, Promise) {
  return Promise_all([
    knex.schema.createTable('authors', function (table) {
      table.increments('id').primary();
      table.string('name', 100).notNullable();
      table.timestamps();
    }),
    knex.schema.createTable('genres', function (table) {
      table.increments('id').primary();
      table.string('label').unique();
    }),
  ]);
};

exports.down = function (knex, Promise) {
  return Promise_all([knex.schema.dropTable('authors'), knex.schema.dropTable('genres')]);
};

var Promise_all = Promise.all.bind(Promise);
