exports.up = async (knex) => {
  const admin = await knex('roles').where({ name: 'admin' }).first();
  if (!admin) {
    await knex('roles').insert([{ name: 'admin' }, { name: 'member' }]);
  } else {
    await knex('roles').where({ id: admin.id }).update({ name: 'member' });
  }
};

exports.down = async (knex) => {
  await knex('roles').del();
};
