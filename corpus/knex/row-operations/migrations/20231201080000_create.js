exports.up = async function (knex) {
  await knex.schema.createTable('levels', (t) => {
    t.increments('id');
    t.string('name').notNullable().unique();
    t.integer('rank');
    t.jsonb('extra');
  });
  await knex('levels').insert([
    { name: 'low', rank: 1 },
    { name: 'high', rank: 3, extra: JSON.stringify({ colour: 'red' }) },
  ]);
  await knex.insert({ name: 'middle', rank: 2 }).into('levels');
};

exports.down = function (knex) {
  return knex.schema.dropTable('levels');
};
