'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const { sequelize } = queryInterface;
    await sequelize.query('INSERT INTO "Measures" ("unit", "amount") VALUES (?, ?), (?, ?)', {
      replacements: ['kg', 1.5, "d'oh", 3],
    });
    await sequelize.query('UPDATE "Measures" SET "unit" = :to WHERE "unit" = :from', {
      replacements: { from: 'kg', to: 'g' },
      type: Sequelize.QueryTypes.UPDATE,
    });
    await sequelize.query('INSERT INTO "Measures" ("unit", "amount") VALUES ($1, $2)', { bind: ['l', 7] });
    await sequelize.query('UPDATE "Measures" SET "amount" = $amount WHERE "unit" = $unit', {
      bind: { amount: 8, unit: 'l' },
      type: sequelize.QueryTypes.UPDATE,
    });
    await sequelize.query('DELETE FROM "Measures" WHERE "unit" IN (:units)', {
      replacements: { units: ['g', 'l'] },
      type: Sequelize.QueryTypes.DELETE,
    });
    await sequelize.query(`CREATE INDEX "measures_details" ON "Measures" (("details" ->> 'key'))`, { raw: true });
    await sequelize.query('CREATE INDEX "measures_key" ON "Measures" (("details" ? \'key\'))');
  },

  async down(queryInterface) {
    const { sequelize } = queryInterface;
    await sequelize.query('DROP INDEX "measures_key"');
    await sequelize.query('DROP INDEX "measures_details"');
    await sequelize.query('DELETE FROM "Measures"');
  },
};
