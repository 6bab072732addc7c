exports.up = (knex) =>
  knex.schema.createTable('badges', (t) => {
    t.integer('group_id').notNullable().references('groups.id').onDelete('CASCADE');
    t.string('title').notNullable();
    t.primary(['group_id', 'title']);
  });

exports.down = (knex) => knex.schema.dropTable('badges');
