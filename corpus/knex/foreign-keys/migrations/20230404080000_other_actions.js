exports.up = async function up(knex) {
  await knex.schema.alterTable('houses', (table) => {
    table.dropForeign('street_id');
    table.dropForeign(['owner_street_id'], 'houses_owner_street');
    table.foreign('street_id').references('id').inTable('streets').onDelete('SET DEFAULT').onUpdate('CASCADE');
  });
  await knex.schema.table('streets', (table) => {
    table.dropForeign(['country_code', 'city_name'], 'streets_city_by_name');
  });
};

exports.down = async function down(knex) {
  await knex.schema.table('streets', (table) => {
    table
      .foreign(['country_code', 'city_name'], 'streets_city_by_name')
      .references(['country_code', 'name'])
      .inTable('cities')
      .onUpdate('CASCADE');
  });
  await knex.schema.alterTable('houses', (table) => {
    table.dropForeign('street_id');
    table.foreign('street_id').references('streets.id').onDelete('CASCADE');
    table.foreign('owner_street_id', 'houses_owner_street').references('id').inTable('streets');
  });
};
