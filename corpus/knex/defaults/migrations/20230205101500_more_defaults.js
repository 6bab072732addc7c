exports.up = function (knex) {
  return knex.schema.alterTable('settings', function (table) {
    table.string('locale', 8).notNullable().defaultTo('en');
    table.uuid('owner').notNullable().defaultTo(knex.fn.uuid());
    table.timestamp('expires_at').defaultTo(knex.raw("now() + interval '30 days'"));
    table.jsonb('flags').defaultTo({ beta: false });
    table.integer('rank').nullable().comment('lower is earlier');
  });
};

exports.down = function (knex) {
  return knex.schema.alterTable('settings', function (table) {
    table.dropColumns('locale', 'owner', 'expires_at');
    table.dropColumn('flags');
    table.dropColumn('rank');
  });
};
