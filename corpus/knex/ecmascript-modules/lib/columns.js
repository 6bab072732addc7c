export function stamps(table, knex) {
  table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(knex.fn.now());
  table.timestamp('updated_at', { useTz: true });
}

export default { nameLength: 80 };
