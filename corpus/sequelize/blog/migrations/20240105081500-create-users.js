'use strict';

const { id, stamps } = require('../lib/columns');

/** @type {import('sequelize-cli').Migration} */
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Users', {
      id,
      email: { type: Sequelize.STRING(320), allowNull: false, unique: true },
      name: { type: Sequelize.STRING, allowNull: false },
      role: { type: Sequelize.ENUM('admin', 'author', 'reader'), allowNull: false, defaultValue: 'reader' },
      ...stamps,
    });
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Users');
    await queryInterface.sequelize.query('DROP TYPE IF EXISTS "enum_Users_role"');
  },
};
