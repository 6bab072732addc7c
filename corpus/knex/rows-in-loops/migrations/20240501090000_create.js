exports.up = async (knex) => {
  await knex.schema.createTable('authors', (t) => {
    t.increments('id');
    t.string('name').notNullable();
  });
  await knex.schema.createTable('books', (t) => {
    t.increments('id');
    t.integer('author_id').references('authors.id');
    t.string('title').notNullable();
    t.integer('place');
  });
  await knex('authors').insert([{ name: 'Ada Blue' }, { name: 'Ben Green' }]);
  await knex('books').insert([{ author_id: 1, title: 'One' }, { author_id: 2, title: 'Two' }]);
};

exports.down = (knex) => knex.schema.dropTable('books').dropTable('authors');
