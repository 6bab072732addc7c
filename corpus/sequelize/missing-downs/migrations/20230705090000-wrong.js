'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('Jobs', 'host', Sequelize.STRING);
    await queryInterface.addColumn('Jobs', 'port', Sequelize.INTEGER);
  },

  async down(queryInterface) {
    await queryInterface.removeColumn('Jobs', 'host');
  },
};
