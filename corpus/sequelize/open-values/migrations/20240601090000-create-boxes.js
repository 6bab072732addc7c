'use strict';

const SHELF = process.env.BOXES_SHELF || 'ground floor, NOT NULL';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('boxes', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      shelf: { type: Sequelize.STRING(80), allowNull: false, defaultValue: SHELF },
      sealed: { type: Sequelize.BOOLEAN, defaultValue: process.env.BOXES_SEALED === 'yes' },
      weight: { type: Sequelize.INTEGER, defaultValue: 1 },
    });
    await queryInterface.createTable('crates', {
      id: { type: Sequelize.INTEGER, primaryKey: true },
      made: { type: Sequelize.DATE, defaultValue: '2024-01-01T00:00:00Z' },
    });
  },
};
