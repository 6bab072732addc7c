exports.up = async (knex) => {
  const fields = await knex('fields').select('name').orderBy('name');
  await knex.schema.alterTable('boxes', (t) => {
    for (const field of fields) {
      t.integer(field.name);
    }
  });
};

exports.down = async () => {};
