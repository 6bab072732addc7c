exports.up = async (knex) => {
  await knex.schema.alterTable('workers', (table) => {
    table.string('name');
    table.string('host');
  });
};

exports.down = async (knex) => {
  await knex.schema.alterTable('workers', (table) => {
    table.dropColumn('name');
  });
};
