exports.up = async (knex) => {
  await knex.schema.createSchema('sales');
  await knex.schema.createSchemaIfNotExists('stock');
};

exports.down = async (knex) => {
  await knex.schema.dropSchemaIfExists('stock');
  await knex.schema.dropSchema('sales');
};
