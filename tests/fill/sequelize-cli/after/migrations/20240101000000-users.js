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
    // Undoes 20240101000000-users.js, made by transmigrate; fingerprint 07c7688a282a0135
    // Grade: exact; schema and rows come back as they were
    // Running it throws away:
    //   table Users with its rows
    await queryInterface.dropTable('Users');
  }
};
