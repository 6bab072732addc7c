exports.up = async (knex) => {
  await knex('others').truncate();
  await knex.schema.createViewOrReplace('labels', (view) => view.as(knex('things').select('label').whereNot('ok', 1).limit(5)));
  await knex.schema.createTable('named', (table) => {
    table.increments();
    table.string('id2').defaultTo(knex.raw("(hex(randomblob(4)))"));
    table.uuid('id3').defaultTo(knex.fn.uuid());
    table.timestamp('made').defaultTo(knex.fn.now());
  });
};

exports.down = async (knex) => {
  await knex.schema.dropTable('named');
  await knex.schema.dropView('labels');
};
