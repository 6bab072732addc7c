exports.up = async (knex) => {
  await knex.schema.createTable('authors', (table) => {
    table.increments('id');
    table.string('name').notNullable();
    table.string('email', 120).unique();
    table.boolean('alive').notNullable().defaultTo(true);
    table.timestamps(true, true);
    table.index(['name', 'alive'], 'authors_by_name');
  });
  await knex.schema.createTable('books', (table) => {
    table.bigIncrements('id');
    table.integer('author_id').unsigned().notNullable().references('id').inTable('authors').onDelete('CASCADE').index();
    table.string('title').notNullable().defaultTo("an author's book");
    table.decimal('price', 8, 2).defaultTo(9.5);
    table.enum('kind', ['novel', 'poems']).defaultTo('novel');
    table.json('extra').defaultTo('{}');
    table.uuid('code');
    table.date('printed');
    table.text('note').nullable();
    table.check('?? >= 0', ['price'], 'price_is_positive');
    table.unique(['author_id', 'title'], { indexName: 'one_title' });
  });
};

exports.down = async (knex) => {
  await knex.schema.dropTable('books');
  await knex.schema.dropTable('authors');
};
