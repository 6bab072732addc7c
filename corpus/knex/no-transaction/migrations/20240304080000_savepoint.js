exports.up = async (knex) => {
  const trx = await knex.transaction();
  try {
    await trx.schema.createTable('event_kinds', (t) => {
      t.string('name').primary();
    });
    await trx('event_kinds').insert({ name: 'import' });
    await trx.commit();
  } catch (error) {
    await trx.rollback(error);
    throw error;
  }
};

exports.down = (knex) => knex.schema.dropTable('event_kinds');
