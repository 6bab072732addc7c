exports.up = function (knex) {
  return knex('books')
    .select('id', 'title')
    .then(function (books) {
      return Promise.all(books.map((book) => knex('books').where('id', book.id).update({ title: book.title.trim() })));
    });
};

exports.down = async () => {};
