exports.up = async (knex) => {
  await knex.schema.dropTable('visits');
  await knex.schema.dropTable('users');
  await knex.raw('DROP TYPE user_role');
};

exports.down = async (knex) => {};
