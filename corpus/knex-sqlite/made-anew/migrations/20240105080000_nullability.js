exports.up = async (knex) => {
  await knex.raw('create trigger goes after insert on teams begin select 1; end');
  await knex.schema.alterTable('teams', (table) => table.setNullable('name'));
  await knex.schema.alterTable('players', (table) => {
    table.dropNullable('country');
    table.setNullable('name');
  });
  await knex.schema.alterTable('odd', (table) => table.setNullable('a'));
};

exports.down = async (knex) => {
  await knex.schema.alterTable('teams', (table) => table.dropNullable('name'));
};
