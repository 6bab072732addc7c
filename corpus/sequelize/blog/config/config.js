module.exports = {
  development: { url: process.env.DATABASE_URL, dialect: 'postgres' },
  production: { use_env_variable: 'DATABASE_URL', dialect: 'postgres', logging: false },
};
