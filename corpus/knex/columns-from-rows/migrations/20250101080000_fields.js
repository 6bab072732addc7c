exports.up = async (knex) => {
  await knex.schema.createTable('fields', (t) => {
    t.string('name').primary();
  });
  await knex('fields').insert([{ name: 'height' }, { name: 'width' }]);
  await knex.schema.createTable('boxes', (t) => {
    t.increments('id');
  });
};

exports.down = (knex) => knex.schema.dropTable('boxes').dropTable('fields');
