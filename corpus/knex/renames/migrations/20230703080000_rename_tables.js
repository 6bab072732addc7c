exports.up = async function (knex) {
  await knex.schema.renameTable('people', 'users');
  await knex.schema.renameTable('pets', 'Animals');
  await knex.schema.alterTable('Animals', (table) => table.renameColumn('person_id', 'owner_id'));
};

exports.down = async function (knex) {
  await knex.schema.alterTable('Animals', (table) => table.renameColumn('owner_id', 'person_id'));
  await knex.schema.renameTable('Animals', 'pets');
  await knex.schema.renameTable('users', 'people');
};
