exports.up = async (knex) => {
  await knex('authors').insert([
    { id: 1, name: 'Ada', email: 'ada@example.org' },
    { id: 2, name: "O'Neill", alive: false, created_at: '2024-01-01', updated_at: '2024-01-01' },
  ].map((row) => ({ created_at: '2024-01-02', updated_at: '2024-01-02', alive: true, ...row })));
  await knex.batchInsert('books', [
    { author_id: 1, title: 'Notes', price: 3 },
    { author_id: 1, title: 'More', price: 4 },
    { author_id: 2, title: 'Less', price: 5 },
  ], 2);
};

exports.down = async (knex) => {
  await knex('books').whereIn('title', ['Notes', 'More', 'Less']).del();
  await knex('authors').whereIn('id', [1, 2]).del();
};
