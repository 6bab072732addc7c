exports.up = async (knex) => {
  await knex.raw('ALTER TABLE shelves SET SCHEMA public');
  await knex.schema.alterTable('shelves', (table) => {
    table.integer('height');
  });
  await knex.raw('CREATE VIEW heights AS SELECT id, height FROM shelves');
};

exports.down = async (knex) => {
  await knex.schema.alterTable('shelves', (table) => table.bigInteger('height').alter());
  await knex.raw('DROP VIEW heights');
  await knex.schema.alterTable('shelves', (table) => table.dropColumn('height'));
};
