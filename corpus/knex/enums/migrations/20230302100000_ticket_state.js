// The down forgets the type.
exports.up = (knex) =>
  knex.schema.alterTable('tickets', (t) => {
    t.enu('state', ['open', 'waiting', 'closed'], { useNative: true, enumName: 'ticket_state' })
      .notNullable()
      .defaultTo('open');
  });

exports.down = (knex) =>
  knex.schema.alterTable('tickets', (t) => {
    t.dropColumn('state');
  });
