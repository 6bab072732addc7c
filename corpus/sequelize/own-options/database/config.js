const base = {
  username: process.env.DB_USER || 'app',
  password: process.env.DB_PASSWORD,
  database: process.env.DB_NAME || 'app',
  host: process.env.DB_HOST,
  dialect: 'postgres',
  define: { underscored: true, timestamps: true },
};

module.exports = {
  development: base,
  test: { ...base, database: 'app_test' },
  production: { ...base, logging: false, dialectOptions: { ssl: { rejectUnauthorized: false } } },
};
