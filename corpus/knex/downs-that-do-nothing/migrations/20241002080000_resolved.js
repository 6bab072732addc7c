exports.up = async (knex) => {
  await knex.schema.alterTable('jobs', (table) => {
    table.string('queue').notNullable().defaultTo('main').index();
  });
};

exports.down = () => Promise.resolve();
