'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('Orders', 'labels', {
      type: Sequelize.ARRAY(Sequelize.ENUM('gift', 'fragile')),
    });
  },

  async down(queryInterface) {
    await queryInterface.removeColumn('Orders', 'labels');
    await queryInterface.sequelize.query('DROP TYPE "enum_Orders_labels"');
  },
};
