async function up(knex) {
  await knex.raw('create view v as select \'a\\b\'::text as "a?"');
}

module.exports = { up };
