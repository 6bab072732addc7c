exports.up = async (knex) => {
  await knex.schema.dropTable('boats');
};

exports.down = async () => {};
