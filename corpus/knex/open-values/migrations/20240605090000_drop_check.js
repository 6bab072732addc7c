exports.up = async (knex) => {
  await knex.schema.alterTable('things', (table) => {
    table.dropChecks(['things_note_of_other']);
  });
};

exports.down = async (knex) => {
  await knex.schema.alterTable('things', (table) => {
    table.check('kind_id > 0', [], 'things_note_of_other');
  });
};
