exports.up = async (knex) => {
  await knex.raw('ALTER TABLE shelves ADD COLUMN place text, ADD COLUMN sign text GENERATED ALWAYS AS (upper(place)) STORED');
};

exports.down = async (knex) => {
  await knex.schema.alterTable('shelves', (table) => table.dropColumn('place'));
};
