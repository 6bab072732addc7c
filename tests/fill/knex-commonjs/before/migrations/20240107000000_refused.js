exports.up = async (knex) => {
  const [row] = await knex('kept').select();
  await knex.schema.alterTable('kept', (t) => { t.text(row.id); });
};
exports.down = async () => {};
