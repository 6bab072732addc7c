exports.up = async (knex) => {
  await knex.schema.dropView('cheap_books');
  await knex.schema.alterTable('books', (table) => {
    table.dropIndex('isbn');
    table.dropUnique(['author_id', 'title'], 'one_title');
  });
  await knex.schema.dropTableIfExists('loans');
  await knex.schema.dropTableIfExists('never_was');
};

exports.down = async () => {};
