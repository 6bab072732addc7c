exports.up = async (knex) => {
  await knex.schema.table('plain', (t) => t.dropTimestamps());
  await knex.schema.table('in_camel_case', (t) => t.dropTimestamps(true));
};

exports.down = async (knex) => {
  await knex.schema.table('in_camel_case', (t) => t.timestamps(true, true, true));
  await knex.schema.table('plain', (t) => t.timestamps());
};
