module.exports.up = async (knex) => {
  await knex.schema.dropView('v');
  await knex.schema.dropTable('it\'s "odd"');
}; // the end

module.exports.down = async (knex) => {
  // Undoes 20240104000000_dropped.js, made by transmigrate; fingerprint b34f3c2de9bb374b
  // Grade: schema only; the schema comes back, and these do not:
  //   rows of table it's "odd"
  await knex.schema.createTable('it\'s "odd"', (table) => {
    table.increments('id');
    table.string('a$1b`${c}\\').notNullable().defaultTo('x');
    table.integer('n');
    table.index('n');
  });
  await knex.raw(`CREATE VIEW "v" AS
select 'a\\b'::text as "a$1"`);
};

/* and a word */
