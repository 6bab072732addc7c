exports.up = async (knex) => {
  await knex.schema.alterTable('items', (table) => {
    table.string('name', 255).alter({ alterNullable: false });
    table.string('state', 20).notNullable().defaultTo('fresh').alter({ alterType: false });
    table.setNullable('state');
    table.dropNullable('seen_at');
  });
};

exports.down = async (knex) => {
  await knex.schema.alterTable('items', (table) => {
    table.setNullable('seen_at');
    table.dropNullable('state');
    table.string('state').notNullable().defaultTo('new').alter({ alterType: false });
    table.string('name', 200).alter({ alterNullable: false });
  });
};
