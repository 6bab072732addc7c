import 'reflect-metadata';
import { DataSource } from 'typeorm';

export default new DataSource({
  type: 'better-sqlite3',
  database: 'data.db',
  migrations: [__dirname + '/migrations/*.ts'],
});
