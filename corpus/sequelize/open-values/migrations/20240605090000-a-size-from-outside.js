'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.changeColumn('lids', 'size', {
      type: Sequelize.STRING(10),
      defaultValue: process.env.LIDS_SIZE || 'UNIQUE',
    });
  },
};
