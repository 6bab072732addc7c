exports.up = async function up(knex) {
  await knex.schema
    .createTable('countries', (table) => {
      table.string('code', 2).primary();
      table.string('name').notNullable();
    })
    .createTable('cities', (table) => {
      table.increments('id');
      table.string('country_code', 2).notNullable().references('code').inTable('countries');
      table.string('name').notNullable();
      table.unique(['country_code', 'name']);
    });
};

exports.down = async function down(knex) {
  await knex.schema.dropTable('cities').dropTable('countries');
};
