import type { Knex } from 'knex';
import { Tables, currencies, type Currency } from '../tables';

const standard = 'EUR' satisfies Currency;

interface Money {
  column: string;
  precision?: number;
}

const money: readonly Money[] = [{ column: 'net' }, { column: 'gross', precision: 14 }];

export const up = async (knex: Knex): Promise<void> => {
  await knex.schema.createTable(Tables.Invoice, (table) => {
    table.bigIncrements('id');
    table.uuid('account_id').notNullable().references('id').inTable(Tables.Account).onDelete('CASCADE');
    for (const { column, precision } of money) {
      table.decimal(column, precision ?? 12, 2).notNullable();
    }
    table.enum('currency', currencies as unknown as Currency[]).notNullable().defaultTo(standard);
  });
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.schema.dropTableIfExists(Tables.Invoice);
};
