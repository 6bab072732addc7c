exports.up = (knex) => {
  // carried
  return knex('authors')
    .select('id', 'name')
    .then((authors) =>
      Promise.all(authors.map((author) => knex('books').where('author_id', author.id).update({ title: `${author.name}` }))),
    )
    .then((counts) => knex('books').insert({ title: counts.join('-') }));
  // end
};

exports.down = async () => {};
