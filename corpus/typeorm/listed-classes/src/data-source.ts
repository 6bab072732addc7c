import { DataSource } from 'typeorm';
import { migrations } from './migrations';

export const AppDataSource = new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  migrations,
});
