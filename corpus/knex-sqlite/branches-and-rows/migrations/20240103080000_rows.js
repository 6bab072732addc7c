exports.up = async (knex) => {
  await knex('things').insert({ id: 1, label: "it's", payload: { a: [1, 'x'] }, ok: true, at: new Date(86400000), size: 1.5 });
  await knex('things').insert([{ id: 2, label: 'two' }, { id: 3, label: 'three?', ok: false, bits: Buffer.from('ab') }]);
  await knex.raw('insert into things (id, label) values (?, ?)', [4, 'four']);
  await knex('things').where({ id: 2 }).update({ label: knex.raw('upper(label)'), size: 2 });
  await knex('things').where('id', '>', 3).increment('extra', 2);
  await knex('things').insert({ id: 4, label: 'again' }).onConflict('id').merge(['label']);
};

exports.down = async (knex) => {
  await knex('things').whereIn('id', [1, 2, 3, 4]).del();
};
