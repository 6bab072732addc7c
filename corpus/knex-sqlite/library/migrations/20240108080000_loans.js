exports.up = (knex) =>
  knex.schema
    .createTable('members', (table) => {
      table.uuid('id').primary();
      table.string('name').notNullable();
      table.float('score');
      table.binary('photo');
      table.specificType('place', 'point');
    })
    .createTable('loans', (table) => {
      table.string('member').notNullable();
      table.bigInteger('book').notNullable();
      table.datetime('at').notNullable().defaultTo(knex.fn.now());
      table.primary(['member', 'book', 'at'], 'loans_key');
      table.foreign('member', 'loans_member').references('id').inTable('members').onUpdate('cascade');
      table.foreign('book').references('books.id');
      table.index('at', undefined, { predicate: knex.whereNotNull('at') });
    });

exports.down = (knex) => knex.schema.dropTable('loans').dropTable('members');
