exports.up = async (knex) => {
  await knex.schema.dropTableIfExists('barges');
  await knex.schema.dropTable('owners');
};

// Forgets that the phone is unique.
exports.down = async (knex) => {
  await knex.schema.createTable('owners', (t) => {
    t.increments('id');
    t.string('name').notNullable();
    t.string('phone');
  });
};
