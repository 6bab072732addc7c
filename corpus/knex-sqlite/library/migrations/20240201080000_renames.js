exports.up = async (knex) => {
  await knex.schema.renameTable('members', 'readers');
  await knex.schema.alterTable('readers', (table) => {
    table.renameColumn('score', 'points');
    table.unique('name');
  });
  await knex.schema.createView('cheap_books', (view) => {
    view.columns(['title', 'price']);
    view.as(knex('books').select('title', 'price').where('price', '<', 5));
  });
};

exports.down = async (knex) => {
  await knex.schema.dropView('cheap_books');
  await knex.schema.alterTable('readers', (table) => {
    table.dropUnique('name');
    table.renameColumn('points', 'score');
  });
  await knex.schema.renameTable('readers', 'members');
};
