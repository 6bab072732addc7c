exports.up = function (knex) {
  return knex.schema
    .createTable('books', function (table) {
      table.increments('id').unsigned().primary();
      table.integer('author_id').unsigned().index().references('id').inTable('authors');
      table.integer('genre_id').unsigned().references('genres.id');
      table.string('title').notNull();
      table.text('blurb', 'mediumtext').nullable();
    })
    .then(function () {
      return knex.schema.table('books', function (t) {
        t.boolean('sold_out').defaultTo(0);
      });
    })
    .then(function () {
      return knex('genres').insert([{ label: 'novel' }, { label: 'poem' }]);
    });
};

exports.down = function (knex) {
  return knex.schema.dropTable('books').then(() => knex('genres').del());
};
