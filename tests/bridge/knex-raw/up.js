async function rename(knex, id, name) {
  const result = await knex.raw('UPDATE authors SET name = ? WHERE id = ?', [name, id]);
  return result.rowCount;
}

exports.up = async function (knex) {
  // carried
  const { rows } = await knex.raw('SELECT id, name FROM authors ORDER BY id');
  let count = 0;
  for (const row of rows) {
    if (!row.name) continue;
    count += await rename(knex, row.id, row.name.toUpperCase());
    await knex.raw('UPDATE ?? SET place = coalesce(place, 0) + ? WHERE ?? = ?', ['authors', 10, 'id', row.id]);
    await knex.raw('UPDATE books SET title = title || :end WHERE author_id = :id AND :id:: int > 0', { end: ' by?', id: row.id });
  }
  const found = await knex.raw(`SELECT count(*)::int AS n FROM authors WHERE meta \\? 'a'`);
  const n = found.rows[0].n;
  await knex.raw('INSERT INTO books (title, place) VALUES (?, ?)', [`n ${n} of ${count}`, n]);
  await knex.transaction(async (trx) => {
    await trx.raw('DELETE FROM books WHERE author_id = ?', [2]);
    await trx('books').where('place', 9).update({ place: 8 });
  });
  // end
};

exports.down = async () => {};
