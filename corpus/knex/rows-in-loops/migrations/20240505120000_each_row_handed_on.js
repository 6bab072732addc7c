async function each(knex, fn) {
  const rows = await knex('books').orderBy('id');
  for (const row of rows) await fn(row);
}

exports.up = async (knex) => {
  await each(knex, async (row) => {
    await knex('books').where({ id: row.id }).update({ title: `${row.title}, read` });
  });
};

exports.down = async () => {};
