exports.up = async function up(knex) {
  await knex.schema.createTable('streets', (table) => {
    table.increments('id');
    table.integer('city_id').unsigned().notNullable().references('id').inTable('cities').onDelete('CASCADE').onUpdate('RESTRICT');
    table.integer('twin_id').references('cities.id').onDelete('SET NULL');
    table.integer('main_id').unsigned();
    table.foreign('main_id').references('id').inTable('streets').onDelete('NO ACTION');
    table.string('country_code', 2);
    table.string('city_name');
    table
      .foreign(['country_code', 'city_name'], 'streets_city_by_name')
      .references(['country_code', 'name'])
      .inTable('cities')
      .onUpdate('CASCADE');
    table.integer('named_id').references('id').inTable('cities').withKeyName('streets_to_named');
    table.integer('later_id').references('id').inTable('cities').deferrable('deferred');
  });
};

exports.down = async function down(knex) {
  await knex.schema.dropTable('streets');
};
