import { fileURLToPath } from 'node:url';

const config = {
  client: 'pg',
  connection: process.env.DATABASE_URL,
  migrations: {
    directory: fileURLToPath(new URL('./migrations', import.meta.url)),
    loadExtensions: ['.js'],
  },
};

export default config;
