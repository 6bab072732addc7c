module.exports.up = async (knex) => {
  await knex.schema.dropView('v');
  await knex.schema.dropTable('it\'s "odd"');
}; // the end

/* and a word */
