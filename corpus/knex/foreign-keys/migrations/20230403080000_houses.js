exports.up = async function up(knex) {
  await knex.schema.createTable('houses', (table) => {
    table.increments('id');
    table.integer('street_id').notNullable();
    table.integer('owner_street_id').index();
  });
  await knex.schema.alterTable('houses', (table) => {
    table.foreign('street_id').references('streets.id').onDelete('CASCADE');
    table.foreign('owner_street_id', 'houses_owner_street').references('id').inTable('streets');
    table.integer('city_id').references('id').inTable('cities').index('houses_by_city');
  });
};

exports.down = async function down(knex) {
  await knex.schema.dropTable('houses');
};
