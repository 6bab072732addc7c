'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    if (await queryInterface.tableExists('Accounts')) return;
    await queryInterface.createTable('Accounts', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: Sequelize.STRING,
      email: { type: Sequelize.STRING, unique: true },
    });
    await queryInterface.addIndex('Accounts', ['name']);
  },

  async down(queryInterface) {
    if (await queryInterface.tableExists('Accounts')) {
      await queryInterface.dropTable('Accounts');
    }
  },
};
