exports.up = knex => knex.schema.alterTable('it\'s "odd"', t => { t.integer('n').index(); });
exports.down = (knex) => {
  // Undoes 20240102000000_arrow.js, made by transmigrate; fingerprint 0d2c8a4ecf538614
  // Grade: exact; schema and rows come back as they were
  // Running it throws away:
  //   column it's "odd".n with its values
  return knex.schema.alterTable('it\'s "odd"', t => {
    t.dropIndex('n');
    t.dropColumn('n');
  });
}; // nothing yet
