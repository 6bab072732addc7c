export enum Tables {
  Account = 'accounts',
  Invoice = 'invoices',
}

export const currencies = ['EUR', 'USD', 'CHF'] as const;
export type Currency = (typeof currencies)[number];
