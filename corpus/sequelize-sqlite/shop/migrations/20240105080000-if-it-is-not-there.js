'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const customers = await queryInterface.describeTable('Customers');
    if (!customers.fax) {
      await queryInterface.addColumn('Customers', 'fax', { type: Sequelize.STRING(customers.active.defaultValue === true ? 20 : 30) });
    }
    if (customers.email.unique && customers.name.allowNull === false) {
      await queryInterface.addColumn('Customers', 'mobile', Sequelize.STRING);
    }
    const orders = await queryInterface.describeTable('orders');
    if (orders.customerId.references.model === 'Customers') {
      await queryInterface.addIndex('Orders', ['customerId']);
    }
    try {
      await queryInterface.describeTable('Nobody');
    } catch (error) {
      await queryInterface.createTable('Nobody', { id: { type: Sequelize.INTEGER, primaryKey: true } });
    }
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Nobody');
  },
};
