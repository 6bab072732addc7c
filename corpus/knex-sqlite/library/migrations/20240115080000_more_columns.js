exports.up = (knex) =>
  knex.schema.alterTable('books', (table) => {
    table.integer('pages').defaultTo(1).checkPositive('has_pages');
    table.string('isbn', 20).index();
    table.renameColumn('note', 'remark');
  });

exports.down = (knex) =>
  knex.schema.alterTable('books', (table) => {
    table.dropColumns('pages', 'isbn');
    table.renameColumn('remark', 'note');
  });
