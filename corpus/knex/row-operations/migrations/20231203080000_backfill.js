exports.up = async function (knex) {
  await knex.schema.alterTable('levels', (t) => {
    t.string('label');
  });
  await knex('levels').update({ label: knex.ref('name') });
  await knex.raw('UPDATE levels SET label = upper(label)');
  await knex.schema.alterTable('levels', (t) => {
    t.dropNullable('label');
  });
};

exports.down = async function (knex) {
  await knex.schema.alterTable('levels', (t) => {
    t.dropColumn('label');
  });
};
