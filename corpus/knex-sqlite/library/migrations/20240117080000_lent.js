// Making the table anew puts the checks of columns in front of its keys.
exports.up = (knex) => knex.schema.alterTable('books', (table) => table.boolean('lent').notNullable().defaultTo(false));

exports.down = (knex) => knex.schema.alterTable('books', (table) => table.dropColumn('lent'));
