exports.up = async (knex) => {
  await knex.schema.createTable('kinds', (table) => {
    table.increments('id');
    table.string('name').notNullable().defaultTo(process.env.KINDS_NAME || 'plain');
  });
  await knex('kinds').insert({ name: 'other' });
};

exports.down = (knex) => knex.schema.dropTable('kinds');
