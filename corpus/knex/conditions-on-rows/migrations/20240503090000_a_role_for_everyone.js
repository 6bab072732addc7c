exports.up = async (knex) => {
  await knex.schema.alterTable('users', (t) => {
    t.boolean('is_first').notNullable().defaultTo(false);
  });
  const member = await knex('roles').where({ name: 'member' }).first();
  if (!member) {
    throw new Error('there is no role for members');
  }
  const users = await knex('users').select('*').orderBy('id');
  let first = true;
  for (const user of users) {
    if (user.role_id) continue;
    await knex('users').where({ id: user.id }).update({ role_id: member.id });
    if (first) await knex.raw(`update users set is_first = true where id = ${user.id}`);
    first = false;
  }
};

exports.down = async (knex) => {
  await knex('users').update({ role_id: null });
  await knex.schema.alterTable('users', (t) => {
    t.dropColumn('is_first');
  });
};
