exports.up = async (knex) => {
  const authors = await knex('authors').select('*');
  for (const { id, name } of authors) {
    await knex('books').insert({ author_id: id, title: `The life of ${name}` });
  }
};

exports.down = async () => {};
