'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Orders', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      status: { type: Sequelize.ENUM('new', 'paid', 'sent'), allowNull: false, defaultValue: 'new' },
      channel: { type: Sequelize.ENUM, values: ['web', 'shop'] },
      size: Sequelize.ENUM(['s', 'm', 'l']),
    });
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Orders');
    await queryInterface.sequelize.query('DROP TYPE "enum_Orders_status"');
    await queryInterface.sequelize.query('DROP TYPE IF EXISTS "enum_Orders_channel";');
    await queryInterface.sequelize.query('DROP TYPE "enum_Orders_size"');
  },
};
