'use strict';

const { DataTypes } = require('sequelize');

module.exports = {
  up: async (queryInterface) => {
    await queryInterface.addColumn('Countries', 'continent', DataTypes.STRING);
    await queryInterface.dropTable('Visits');
    await queryInterface.sequelize.query('DROP TABLE "Users"; DROP TYPE "enum_Users_flags"');
  },

  down: async (queryInterface) => {},
};
