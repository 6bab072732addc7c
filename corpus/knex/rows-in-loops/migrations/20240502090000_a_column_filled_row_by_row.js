const slugify = (text) => text.toLowerCase().replace(/ /g, '-');

exports.up = async (knex) => {
  await knex.schema.alterTable('authors', (t) => {
    t.string('slug');
  });
  const authors = await knex('authors').select('id', 'name');
  for (const author of authors) {
    await knex('authors').where({ id: author.id }).update({ slug: slugify(author.name) });
  }
};

exports.down = async (knex) => {
  await knex.schema.alterTable('authors', (t) => {
    t.dropColumn('slug');
  });
};
