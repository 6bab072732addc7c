exports.up = (knex) =>
  knex.schema
    .createTable('owners', (t) => {
      t.increments('id');
      t.string('name').notNullable();
      t.string('phone').unique();
    })
    .createTable('boats', (t) => {
      t.increments('id');
      t.integer('owner_id').references('id').inTable('owners').index();
      t.string('name');
      t.integer('length').defaultTo(4);
      t.string('harbour');
    });

exports.down = (knex) => knex.schema.dropTable('boats').dropTable('owners');
