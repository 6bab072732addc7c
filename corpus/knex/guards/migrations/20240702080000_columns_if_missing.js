exports.up = async (knex) => {
  const hasName = await knex.schema.hasColumn('accounts', 'name');
  const hasEmail = await knex.schema.hasColumn('accounts', 'email');
  await knex.schema.alterTable('accounts', (t) => {
    if (!hasName) t.string('name');
    if (!hasEmail) t.string('email').unique();
  });
  return knex.schema.hasTable('plans').then((exists) =>
    exists
      ? knex.schema.table('plans', (t) => t.integer('price').notNullable().defaultTo(0))
      : knex.schema.createTable('plans', (t) => t.increments())
  );
};

exports.down = async (knex) => {
  await knex.schema.table('plans', (t) => t.dropColumn('price'));
  await knex.schema.table('accounts', (t) => t.dropColumn('email'));
};
