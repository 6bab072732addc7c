exports.up = function (knex) {
  return knex.schema.alterTable('Books', function (t) {
    t.index(['meta'], 'books_meta', { indexType: 'gin' });
    t.index(['shelf'], 'shelved_books', { predicate: knex.whereNotNull('shelf') });
    t.unique(['author', 'Title'], { indexName: 'author_title', deferrable: 'deferred' });
    t.unique(['publisher', 'year'], { useConstraint: false });
    t.unique(['publisher', 'shelf'], {
      indexName: 'shelf_of_publisher',
      useConstraint: false,
      predicate: knex.whereRaw('year > 1990'),
    });
    t.index(knex.raw('lower(author)'), 'books_author_lower');
  });
};

exports.down = function (knex) {
  return knex.schema.alterTable('Books', function (t) {
    t.dropIndex(['meta'], 'books_meta');
    t.dropIndex('shelf', 'shelved_books');
    t.dropUnique(['author', 'Title'], 'author_title');
    t.dropIndex([], 'books_publisher_year_unique');
    t.dropIndex([], 'shelf_of_publisher');
    t.dropIndex([], 'books_author_lower');
  });
};
