exports.up = async (knex) => {
  await knex.schema.alterTable('jobs', (table) => {
    table.dropColumn('queue');
  });
};

exports.down = async () => {
  throw new Error('there is no way back');
};
