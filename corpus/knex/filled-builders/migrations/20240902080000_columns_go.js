exports.up = (knex) =>
  knex.schema.alterTable('users', (table) => {
    table.dropColumns('picture', 'state', 'country_code', 'settings');
    table.renameColumn('full name', 'name');
    table.dropChecks('visits_are_many');
  });

exports.down = (knex) => {};
