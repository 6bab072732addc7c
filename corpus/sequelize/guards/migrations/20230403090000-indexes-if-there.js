'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const indexes = await queryInterface.showIndex('Accounts');
    if (indexes.some((index) => index.name === 'accounts_name')) {
      await queryInterface.removeIndex('Accounts', 'accounts_name');
    }
    if (!indexes.find((index) => index.name === 'accounts_phone')) {
      await queryInterface.addIndex('Accounts', ['phone']);
    }
    const tables = await queryInterface.showAllTables();
    if (!tables.includes('Plans')) {
      await queryInterface.createTable('Plans', { id: { type: Sequelize.INTEGER, primaryKey: true } });
    }
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Plans');
    await queryInterface.removeIndex('Accounts', ['phone']);
    await queryInterface.addIndex('Accounts', ['name']);
  },
};
