exports.up = async (knex) => {
  await knex.schema.alterTable('pairs', (table) => table.dropNullable('c'));
  await knex.schema.createTable('plain', (table) => {
    table.integer('a');
    table.string('b');
    table.primary(['a'], 'plain_key');
  });
  await knex.schema.alterTable('plain', (table) => {
    table.dropPrimary('plain_key');
  });
  await knex.schema.alterTable('plain', (table) => {
    table.primary(['b', 'a'], 'other_key');
  });
};

exports.down = (knex) => knex.schema.dropTable('plain');
