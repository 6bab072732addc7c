'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.createSchema('sales');
    await queryInterface.sequelize.query('CREATE SCHEMA IF NOT EXISTS "stock"');
  },

  async down(queryInterface) {
    await queryInterface.sequelize.query('DROP SCHEMA "stock"');
    await queryInterface.dropSchema('sales');
  },
};
