import 'reflect-metadata';
import { DataSource } from 'typeorm';

export const AppDataSource = new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  synchronize: false,
  entities: [],
  migrations: [`${__dirname}/migrations/*.ts`],
  migrationsTransactionMode: 'each',
});
