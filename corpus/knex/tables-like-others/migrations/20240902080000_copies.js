exports.up = async (knex) => {
  await knex.schema.createTableLike('log_archive', 'log');
  await knex.schema.createTableLike('log_copy', 'log', (t) => {
    t.timestamp('copied_at').defaultTo(knex.fn.now());
  });
  await knex.schema.createTable('log_of_errors', (t) => {
    t.inherits('log');
    t.string('stack');
  });
};

exports.down = async (knex) => {
  await knex.schema.dropTable('log_of_errors');
  for (const table of ['log_copy', 'log_archive']) {
    await knex.schema.dropTable(table);
  }
};
