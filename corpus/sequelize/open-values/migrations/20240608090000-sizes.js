'use strict';

const SIZES = (process.env.BAGS_SIZES || 'small,large').split(',');

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('bags', {
      id: { type: Sequelize.INTEGER, primaryKey: true },
      size: { type: Sequelize.ENUM(SIZES), allowNull: false, defaultValue: 'small' },
    });
    await queryInterface.addColumn('lids', 'fits', { type: Sequelize.ENUM(SIZES) });
  },
};
