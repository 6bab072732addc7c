exports.up = async (knex) => {
  let batch;
  let after = 0;
  do {
    batch = await knex('users').where('id', '>', after).orderBy('id').limit(1);
    for (const { id, email } of batch) {
      after = id;
      if (!email.startsWith('ada')) {
        await knex('users').where({ id }).update({ email: email.toUpperCase() });
      }
    }
  } while (batch.length > 0);
  const admin = await knex('roles').where({ name: 'admin' }).first();
  if (!admin) return;
  await knex('users').where({ email: 'ada@example.com' }).update({ role_id: admin.id });
};

exports.down = async () => {};
