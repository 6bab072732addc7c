exports.up = async (knex) => {
  await knex.schema.createTable('teams', (table) => {
    table.increments();
    table.string('name').notNullable();
  });
  await knex.schema.createTable('players', (table) => {
    table.increments();
    table.string('name').notNullable().unique();
    table.integer('number').defaultTo(7);
    table.integer('team_id').references('id').inTable('teams').onDelete('SET NULL').withKeyName('of_team');
    table.integer('captain_id');
    table.string('city').defaultTo('-');
    table.string('country');
    table.enu('state', ['in', 'out']).notNullable().defaultTo('in');
    table.timestamps();
    table.index(['city', 'country']);
    table.index('number');
  });
  await knex.raw('create table "odd" ("a" int check (a > 1) check (a < 9) not null, "b" text collate nocase default (lower(\'X\')) references "teams" ("id") on delete cascade deferrable initially deferred, "c" text unique, "d" real default -1.5, unique ("a", "b"), constraint "named" check ("b" <> \'\'))');
  await knex.raw('create table pairs (a integer, b integer, c text, primary key (a, b)) without rowid');
};

exports.down = async (knex) => {
  for (const table of ['pairs', 'odd', 'players', 'teams']) await knex.schema.dropTable(table);
};
