'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.sequelize.query(`
      CREATE TABLE "Measures" (
        "id" SERIAL PRIMARY KEY,
        "unit" TEXT NOT NULL DEFAULT 'm',
        "amount" NUMERIC(8, 2) CHECK ("amount" > 0),
        "details" JSONB
      );
      CREATE INDEX "measures_by_unit" ON "Measures" ("unit");
      COMMENT ON TABLE "Measures" IS 'what; was measured';
    `);
  },

  async down(queryInterface) {
    await queryInterface.sequelize.query('DROP TABLE "Measures"');
  },
};
