'use strict';

/** @type {import('sequelize-cli').Migration} */
module.exports = {
  async up(queryInterface) {
    await queryInterface.removeColumn('Users', 'role');
    await queryInterface.removeColumn('Users', 'picture');
    await queryInterface.removeColumn('Users', 'settings');
    await queryInterface.removeColumn('Users', 'countryCode');
    await queryInterface.renameColumn('Users', 'full name', 'name');
    await queryInterface.removeConstraint('Users', 'users_visits');
  },

  async down(queryInterface) {},
};
