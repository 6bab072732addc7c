'use strict';

// The down forgets the type of the column.
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('Orders', 'payment', {
      type: Sequelize.ENUM('card', 'invoice'),
      allowNull: true,
    });
  },

  async down(queryInterface) {
    await queryInterface.removeColumn('Orders', 'payment');
  },
};
