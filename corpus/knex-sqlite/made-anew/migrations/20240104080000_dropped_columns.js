exports.up = (knex) =>
  knex.schema.alterTable('players', (table) => {
    table.dropColumn('city');
    table.dropColumns('number', 'state');
    table.dropTimestamps();
  });

exports.down = async () => {};
