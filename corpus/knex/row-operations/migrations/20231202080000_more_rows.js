exports.up = async function (knex) {
  await knex('levels').insert({ name: 'low', rank: 0 }).onConflict('name').merge();
  await knex('levels').insert({ name: 'high', rank: 9 }).onConflict('name').ignore();
  await knex('levels').insert({ name: 'top', rank: 4 }).returning('id');
  await knex.batchInsert('levels', [{ name: 'a' }, { name: 'b' }, { name: 'c' }], 2);
  await knex('levels').where({ name: 'a' }).update({ rank: 10, extra: knex.raw("'{}'::jsonb") });
  await knex('levels').whereIn('name', ['b', 'c']).whereNull('rank').update('rank', 11);
  await knex('levels').where('rank', '>', 10).orWhere('name', 'a').del();
};

exports.down = async function (knex) {
  await knex('levels').whereNotIn('name', ['low', 'middle', 'high']).delete();
  await knex('levels').where('name', 'low').update({ rank: 1 });
};
