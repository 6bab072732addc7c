const TABLE = 'cages';
const columns = { animal: 'animal_id', size: 'size' };

export function up(knex) {
  return knex.schema.createTable(TABLE, (table) => {
    table.increments('id');
    table.integer(columns.animal).references('id').inTable('animals').onDelete('CASCADE');
    table.integer(columns.size).unsigned().checkPositive();
  });
}

export function down(knex) {
  return knex.schema.dropTable(TABLE);
}

export const config = { transaction: false };
