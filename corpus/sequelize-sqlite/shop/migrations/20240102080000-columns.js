'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('Customers', 'phone', { type: Sequelize.STRING, defaultValue: '-', allowNull: false });
    await queryInterface.addColumn('Lines', 'customerId', { type: Sequelize.INTEGER, references: { model: 'Customers', key: 'id' }, onDelete: 'SET NULL' });
    await queryInterface.addIndex('Lines', ['what'], { name: 'by_what', using: undefined });
  },

  async down(queryInterface) {
    await queryInterface.removeIndex('Lines', 'by_what');
  },
};
