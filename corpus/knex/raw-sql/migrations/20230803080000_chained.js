exports.up = (knex) =>
  knex.schema
    .raw('CREATE SEQUENCE ticket_numbers START 100')
    .createTable('tickets', (table) => {
      table.integer('number').primary().defaultTo(knex.raw("nextval('ticket_numbers')"));
      table.text('title').notNullable();
    })
    .raw('ALTER SEQUENCE ticket_numbers OWNED BY tickets.number')
    .raw('ALTER TABLE tickets ADD CONSTRAINT titled CHECK (length(title) > ' + 3 + ')');

exports.down = (knex) => knex.schema.dropTable('tickets');
