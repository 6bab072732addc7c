exports.up = async (knex) => {
  await knex.schema.createTable('rooms', (t) => {
    t.string('building', 4);
    t.integer('number');
    t.string('key').primary({ constraintName: 'rooms_key' });
  });
  await knex.schema.alterTable('rooms', (t) => {
    t.dropPrimary('rooms_key');
    t.primary(['building', 'number']);
  });
};

exports.down = async (knex) => {
  await knex.schema.dropTableIfExists('rooms');
};
