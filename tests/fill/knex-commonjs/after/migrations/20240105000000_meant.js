exports.up = (knex) => knex.schema.createTable('kept', (t) => { t.uuid('id'); });
exports.down = () => {
  // transmigrate: nothing to undo, on purpose
};
