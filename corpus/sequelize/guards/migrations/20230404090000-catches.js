'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    try {
      await queryInterface.addColumn('Accounts', 'city', Sequelize.STRING);
    } catch (error) {
      console.error('was there', error.message);
    }
    await queryInterface.addColumn('Plans', 'title', Sequelize.STRING).catch(() => {});
  },

  async down(queryInterface) {
    await queryInterface.removeColumn('Plans', 'title').catch(() => {});
    await queryInterface.removeColumn('Accounts', 'city');
  },
};
