'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const tables = await queryInterface.showAllTables();
    if (tables.includes('boxes')) {
      await queryInterface.removeColumn('boxes', 'weight');
    }
    await queryInterface.dropSchema('attic');
  },
};
