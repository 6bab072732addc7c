'use strict';

// What is written depends on rows.
module.exports = {
  async up(queryInterface, Sequelize) {
    const rows = await queryInterface.sequelize.query('SELECT "id", "unit" FROM "Measures"', {
      type: Sequelize.QueryTypes.SELECT,
    });
    for (const row of rows) {
      await queryInterface.sequelize.query('UPDATE "Measures" SET "unit" = :unit WHERE "id" = :id', {
        replacements: { id: row.id, unit: row.unit.toUpperCase() },
      });
    }
    await queryInterface.addColumn('Measures', 'checkedAt', Sequelize.DATE);
  },

  async down(queryInterface) {
    await queryInterface.removeColumn('Measures', 'checkedAt');
  },
};
