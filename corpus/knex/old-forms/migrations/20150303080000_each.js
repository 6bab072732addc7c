var columns = ['isbn', 'publisher'];

exports.up = function (knex) {
  return knex.schema.hasColumn('books', 'isbn').then(function (exists) {
    if (exists) return;
    return columns.reduce(function (chain, column) {
      return chain.then(function () {
        return knex.schema.table('books', function (table) {
          table.string(column);
        });
      });
    }, Promise.resolve());
  });
};

exports.down = function (knex) {
  return Promise.all(
    columns.map(function (column) {
      return knex.schema.table('books', function (table) {
        table.dropColumn(column);
      });
    })
  );
};
