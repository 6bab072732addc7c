'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('crates', 'opened', { type: Sequelize.DATE, defaultValue: process.env.CRATES_OPENED || '2024-06-02' });
    await queryInterface.addColumn('boxes', 'colour', {
      type: Sequelize.TEXT,
      defaultValue: `not ${process.env.BOXES_COLOUR || 'REFERENCES'}, it's`,
    });
  },
};
