exports.up = async (knex) => {
  const { id } = await knex('kinds').where({ name: 'other' }).first();
  await knex.schema.createTable('things', (table) => {
    table.increments('id');
    table.integer('kind_id').references('id').inTable('kinds');
    table.text('note').defaultTo(`of ${process.env.KINDS_NAME || 'plain'}, it's`);
  });
  await knex.schema.alterTable('things', (table) => {
    table.check(`kind_id <> ${id} OR note IS NOT NULL`, [], 'things_note_of_other');
  });
};

exports.down = (knex) => knex.schema.dropTable('things');
