async function up(knex) {
  await knex.raw('create view v as select \'a\\b\'::text as "a?"');
}

module.exports = { up,

  async down(knex) {
    // Undoes 20240103000000_missing.js, made by transmigrate; fingerprint 7999b045a2b111a0
    // Grade: exact; schema and rows come back as they were
    await knex.schema.dropView('v');
  } };
