exports.up = async (knex) => {
  const books = await knex('books').select('id').orderBy('id');
  let place = 0;
  const done = [];
  const counted = [];
  books.forEach((book) => {
    place += 1;
    counted.push(knex('books').where({ id: book.id }).update({ place }));
    done.push(book.id);
  });
  await Promise.all(counted);
  await knex('books').whereNotIn('id', done).del();
};

exports.down = async () => {};
