exports.up = function (knex) {
  return knex.schema
    .createTable('people', function (table) {
      table.increments('id');
      table.string('mail').notNullable().unique();
      table.string('fullName').index();
      table.integer('boss_id').unsigned().references('id').inTable('people');
      table.enu('mood', ['good', 'bad']);
    })
    .createTable('pets', function (table) {
      table.increments('id');
      table.integer('person_id').references('people.id').onDelete('CASCADE');
    });
};

exports.down = function (knex) {
  return knex.schema.dropTable('pets').dropTable('people');
};
