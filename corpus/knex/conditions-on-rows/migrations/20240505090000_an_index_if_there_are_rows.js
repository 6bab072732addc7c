exports.up = async (knex) => {
  const users = await knex('users').select('id');
  if (users.length > 0) {
    await knex.schema.alterTable('users', (t) => {
      t.index('email');
    });
  }
};

exports.down = async (knex) => {
  await knex.schema.alterTable('users', (t) => {
    t.dropIndex('email');
  });
};
