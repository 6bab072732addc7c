exports.up = (knex) =>
  knex.schema.createTable('groups', (t) => {
    t.increments('id');
    t.integer('leader_id').references('users.id');
  });

exports.down = (knex) => knex.schema.dropTable('groups');
