exports.up = async function (knex) {
  await knex.raw(`ALTER TABLE settings ALTER COLUMN rank SET DEFAULT 100`);
  await knex.schema.table('settings', (table) => {
    table.comment('one row an owner, kept for ever');
  });
};

exports.down = async function (knex) {
  await knex.schema.table('settings', (table) => {
    table.comment('one row an owner');
  });
  await knex.raw('ALTER TABLE settings ALTER COLUMN rank DROP DEFAULT');
};
