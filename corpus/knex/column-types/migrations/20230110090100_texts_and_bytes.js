exports.up = function (knex) {
  return knex.schema.createTable('texts', (table) => {
    table.bigIncrements('id');
    table.string('name');
    table.string('code', 12);
    table.text('body');
    table.text('long_body', 'longtext');
    table.binary('payload');
    table.binary('hash', 32);
    table.uuid('token');
    table.uuid('token_binary', { useBinaryUuid: true });
    table.json('settings');
    table.jsonb('details');
    table.specificType('tags', 'text[]');
    table.specificType('location', 'point');
    table.specificType('amount', 'numeric(6, 2)');
    table.specificType('initial', 'char(1)');
    table.specificType('address', 'inet');
  });
};

exports.down = function (knex) {
  return knex.schema.dropTable('texts');
};
