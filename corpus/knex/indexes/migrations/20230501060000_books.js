exports.up = function (knex) {
  return knex.schema.createTable('Books', function (t) {
    t.increments();
    t.string('isbn').unique();
    t.string('Title').notNullable().index();
    t.string('author').index('books_by_author');
    t.string('publisher');
    t.string('shelf');
    t.integer('year').unique({ indexName: 'one_book_a_year' });
    t.jsonb('meta');
    t.specificType('words', 'tsvector');
    t.unique(['publisher', 'Title']);
    t.unique(['shelf', 'year'], 'shelf_and_year');
    t.index(['author', 'year']);
    t.index('publisher', 'publisher_hash', 'hash');
    t.index(['words'], 'books_words', 'gin');
  });
};

exports.down = function (knex) {
  return knex.schema.dropTable('Books');
};
