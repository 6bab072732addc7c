// Uses the type that is there, and makes another with its table: this down forgets nothing.
exports.up = async (knex) => {
  await knex.schema.createTable('ticket_changes', (t) => {
    t.increments('id');
    t.enu('from_state', null, { useNative: true, existingType: true, enumName: 'ticket_state' });
    t.enu('to_state', null, { useNative: true, existingType: true, enumName: 'ticket_state' }).notNullable();
    t.enu('kind', ['manual', 'automatic'], { useNative: true, enumName: 'change_kind' });
  });
};

exports.down = async (knex) => {
  await knex.schema.dropTable('ticket_changes');
  await knex.raw('DROP TYPE change_kind');
};
