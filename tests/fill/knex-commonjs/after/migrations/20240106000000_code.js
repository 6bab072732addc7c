exports.up = (knex) => knex.schema.alterTable('kept', (t) => { t.text('b'); });
exports.down = () => { console.log('no'); };
