import { Knex } from 'knex';
import { Tables } from '../tables';

abstract class Step {
  constructor(protected readonly knex: Knex, private name: string = Tables.Invoice) {}
  add(build: (table: Knex.AlterTableBuilder) => void) {
    return this.knex.schema.alterTable(this.name!, build);
  }
}

class Paid extends Step {}

export async function up(knex: Knex) {
  await new Paid(knex).add((table) => {
    table.timestamp('paid_at', { useTz: true }).nullable().index();
  });
}

export async function down(knex: Knex) {
  await new Paid(knex).add((table) => {
    table.dropColumn('paid_at');
  });
}
