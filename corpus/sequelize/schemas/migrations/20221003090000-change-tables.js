'use strict';

const orders = { schema: 'sales', tableName: 'Orders' };

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn(orders, 'amount', { type: Sequelize.INTEGER, allowNull: false, defaultValue: 1 });
    await queryInterface.addIndex(orders, ['amount']);
    await queryInterface.renameColumn(orders, 'goodId', 'wareId');
    await queryInterface.changeColumn(orders, 'amount', { type: Sequelize.BIGINT });
    await queryInterface.addConstraint(orders, { fields: ['wareId', 'amount'], type: 'unique', name: 'once' });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.removeConstraint(orders, 'once');
    await queryInterface.renameColumn(orders, 'wareId', 'goodId');
    await queryInterface.removeColumn(orders, 'amount');
  },
};
