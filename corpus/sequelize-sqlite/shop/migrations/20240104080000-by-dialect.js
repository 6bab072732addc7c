'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    if (queryInterface.sequelize.getDialect() === 'sqlite') {
      await queryInterface.sequelize.query('CREATE VIEW grown AS SELECT name FROM Customers WHERE points > 6');
    } else {
      await queryInterface.sequelize.query('CREATE EXTENSION citext');
    }
    if (!(await queryInterface.tableExists('Notes'))) {
      await queryInterface.createTable('Notes', { id: { type: Sequelize.INTEGER, primaryKey: true }, text: Sequelize.TEXT });
    }
    await queryInterface.renameTable('Notes', 'Remarks');
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Remarks');
    await queryInterface.sequelize.query('DROP VIEW grown');
  },
};
