exports.up = knex => knex.schema.alterTable('it\'s "odd"', t => { t.integer('n').index(); });
exports.down = () => Promise.resolve(); // nothing yet
