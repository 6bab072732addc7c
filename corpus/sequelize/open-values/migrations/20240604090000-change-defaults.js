'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('lids', {
      id: { type: Sequelize.INTEGER, primaryKey: true },
      size: { type: Sequelize.STRING(10), defaultValue: 'small' },
    });
  },
};
