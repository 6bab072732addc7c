exports.up = async (knex) => {
  if (!(await knex.schema.hasTable('accounts'))) {
    await knex.schema.createTable('accounts', (t) => {
      t.increments('id');
      t.string('name');
    });
  }
  await knex.schema.createTableIfNotExists('plans', (t) => {
    t.increments('id');
    t.string('title');
  });
};

exports.down = async (knex) => {
  if (await knex.schema.hasTable('plans')) {
    await knex.schema.dropTable('plans');
  }
  await knex.schema.dropTableIfExists('accounts');
};
