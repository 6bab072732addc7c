exports.up = async function (knex) {
  await knex.schema.alterTable('users', (table) => {
    table.dropUnique(['email'], 'people_mail_unique');
    table.unique('email');
    table.dropForeign('boss_id', 'people_boss_id_foreign');
    table.foreign('boss_id').references('id').inTable('users');
  });
};

exports.down = async function (knex) {
  await knex.schema.alterTable('users', (table) => {
    table.dropForeign('boss_id');
    table.foreign('boss_id', 'people_boss_id_foreign').references('id').inTable('users');
    table.dropUnique('email');
    table.unique('email', { indexName: 'people_mail_unique' });
  });
};
