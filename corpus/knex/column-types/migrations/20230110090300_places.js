exports.up = async function (knex) {
  await knex.schema.createTable('places', (table) => {
    table.smallint('id').primary();
    table.specificType('shape', 'polygon').nullable();
    table.specificType('range_of_days', 'daterange');
    table.specificType('search', 'tsvector');
    table.specificType('grid', 'integer[][]');
  });
  await knex.schema.alterTable('places', (table) => {
    table.specificType('serial_number', 'bigserial').notNullable();
    table.increments('row_number', { primaryKey: false });
  });
};

exports.down = async function (knex) {
  await knex.schema.dropTableIfExists('places');
};
