exports.up = (knex) =>
  knex.schema.alterTable('players', (table) => {
    table.foreign('captain_id').references('id').inTable('players').onDelete('set null').onUpdate('CASCADE');
    table.dropForeign('team_id', 'of_team');
    table.integer('coach_id').references('teams.id');
  });

exports.down = (knex) =>
  knex.schema.alterTable('players', (table) => {
    table.dropForeign(['coach_id']);
    table.dropColumn('coach_id');
    table.dropForeign('captain_id');
    table.foreign('team_id', 'of_team').references('id').inTable('teams').onDelete('SET NULL');
  });
