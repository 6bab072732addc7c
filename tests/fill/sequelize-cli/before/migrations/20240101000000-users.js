'use strict';

/** @type {import('sequelize-cli').Migration} */
module.exports = {
  async up (queryInterface, Sequelize) {
    await queryInterface.createTable('Users', { id: { type: Sequelize.INTEGER, primaryKey: true }, 'it\'s `${a}`': Sequelize.STRING });
    await queryInterface.addIndex('Users', ['it\'s `${a}`'], { name: 'odd' });
  },

  async down (queryInterface, Sequelize) {
    /**
     * Add reverting commands here.
     *
     * Example:
     * await queryInterface.dropTable('users');
     */
  }
};
