exports.up = async function (knex) {
  const exists = await knex.schema.hasTable('accounts');
  if (exists === false) {
    return;
  }
  const columns = ['street', 'city', 'name'];
  for (const column of columns) {
    if (!(await knex.schema.hasColumn('accounts', column))) {
      await knex.schema.alterTable('accounts', (t) => t.string(column));
    }
  }
};

exports.down = async function (knex) {
  await knex.schema.alterTable('accounts', (t) => {
    t.dropColumn('street');
    t.dropColumn('city');
  });
};
