exports.up = async (knex) => {
  await knex.schema.createSchema('desk');
  await knex.schema.withSchema('desk').createTable('agents', (t) => {
    t.increments('id');
    t.enu('level', ['junior', 'senior'], { useNative: true, enumName: 'agent_level', schemaName: 'desk' });
  });
};

exports.down = async (knex) => {
  await knex.schema.withSchema('desk').dropTable('agents');
  await knex.raw('drop type desk.agent_level');
  await knex.schema.dropSchema('desk');
};
