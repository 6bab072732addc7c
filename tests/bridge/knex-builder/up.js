const slugify = (text) => text.toLowerCase().replace(/ /g, '-');
const PREFIX = 'by-';

exports.up = async (knex) => {
  // carried
  const authors = await knex('authors').select('id', 'name', 'meta', 'tags', 'born').whereNotNull('name').orderBy('id');
  for (const author of authors) {
    await knex('authors').where({ id: author.id }).update({ slug: `${PREFIX}${slugify(author.name)}`, meta: { was: author.meta }, tags: author.tags, born: author.born });
    const [book] = await knex('books').insert({ author_id: author.id, title: `About ${author.name}` }).returning(['id', 'title']);
    await knex('books').insert([{ author_id: author.id, title: book.title + '?' }, { title: '$1 ?', place: 4 }]);
  }
  const first = await knex('authors').where('place', '>', 0).andWhere('name', 'like', 'Ada%').first();
  const ids = await knex('books').where('author_id', first.id).pluck('id');
  const changed = await knex('books').whereIn('id', ids).whereNot('title', 'Two').update({ place: ids.length });
  await knex('books').whereIn('id', []).del();
  const nobody = await knex('authors').where({ name: 'nobody' }).first();
  if (nobody === undefined && changed > 1) {
    await knex('authors').insert({ name: `changed ${changed}`, place: knex.raw('?::int + ?::int', [1, changed]), born: knex.raw("'2020-01-01 00:00:00+00'") });
  }
  const [{ count }] = await knex('books').count('* as count').where({ author_id: null });
  await knex('books').insert({ title: `there are ${count}`, place: null });
  await Promise.all(authors.map((author) => knex('books').where({ author_id: author.id, place: 9 }).update({ place: author.id })));
  // end
};

exports.down = async () => {};
