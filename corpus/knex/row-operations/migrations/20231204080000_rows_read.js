// Reads rows: what it writes depends on what it finds.
exports.up = async function (knex) {
  const rows = await knex('levels').select('id', 'name').orderBy('id');
  for (const row of rows) {
    await knex('levels').where({ id: row.id }).update({ label: row.name.trim() });
  }
  await knex.schema.alterTable('levels', (t) => {
    t.unique('label');
  });
};

exports.down = async function (knex) {
  await knex.schema.alterTable('levels', (t) => {
    t.dropUnique('label');
  });
};
