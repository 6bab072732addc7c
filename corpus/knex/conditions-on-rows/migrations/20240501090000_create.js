exports.up = async (knex) => {
  await knex.schema.createTable('roles', (t) => {
    t.increments('id');
    t.string('name').notNullable();
  });
  await knex.schema.createTable('users', (t) => {
    t.increments('id');
    t.string('email').notNullable();
    t.integer('role_id').references('roles.id');
  });
  await knex('users').insert([{ email: 'ada@example.com' }, { email: 'ben@example.com' }]);
};

exports.down = (knex) => knex.schema.dropTable('users').dropTable('roles');
