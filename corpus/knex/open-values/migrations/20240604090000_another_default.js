exports.up = async (knex) => {
  await knex.schema.alterTable('kinds', (table) => {
    table.string('name').notNullable().defaultTo('plain').alter();
  });
};

exports.down = async (knex) => {
  await knex.schema.alterTable('kinds', (table) => {
    table.string('name').notNullable().defaultTo(process.env.KINDS_NAME || 'plain').alter();
  });
};
