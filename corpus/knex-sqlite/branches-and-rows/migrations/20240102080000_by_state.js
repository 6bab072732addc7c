exports.up = async (knex) => {
  if (await knex.schema.hasTable('things')) {
    if (!(await knex.schema.hasColumn('things', 'LABEL'))) throw new Error('it is there');
    if (!(await knex.schema.hasColumn('things', 'extra'))) {
      await knex.schema.alterTable('things', (table) => table.integer('extra').defaultTo(4));
    }
  }
  if (!(await knex.schema.hasTable('others'))) {
    await knex.schema.createTableIfNotExists('others', (table) => table.increments());
  }
};

exports.down = async (knex) => {
  await knex.schema.dropTableIfExists('others');
  await knex.schema.alterTable('things', (table) => table.dropColumn('extra'));
};
