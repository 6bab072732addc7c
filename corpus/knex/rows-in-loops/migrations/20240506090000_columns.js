exports.up = async (knex) => {
  const authors = await knex('authors').select('slug');
  for (const { slug } of authors) {
    await knex.schema.alterTable('books', (t) => {
      t.boolean(`by_${slug}`);
    });
  }
};

exports.down = async () => {};
