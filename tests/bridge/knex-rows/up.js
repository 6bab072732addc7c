exports.up = async (knex) => {
  // carried
  const authors = await knex('authors').select('name', 'meta', 'tags', 'born').orderBy('id');
  const more = authors.map((author, at) => ({ ...author, name: `${author.name} "II" \\ 'x'`, tags: at ? ['a"b', null, 'c\\d'] : undefined }));
  await knex('authors').insert(more);
  await knex('books').insert(authors.map(({ name }, at) => (at ? { title: name || 'nobody' } : { title: `${name}`, place: 7 })));
  // end
};

exports.down = async () => {};
