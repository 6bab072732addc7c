'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.dropTable('Owners', { cascade: true });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.createTable('Owners', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      phone: { type: Sequelize.STRING, unique: true },
    });
  },
};
