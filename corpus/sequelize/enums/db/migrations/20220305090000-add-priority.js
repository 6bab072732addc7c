'use strict';

module.exports = {
  up: (queryInterface, Sequelize) =>
    queryInterface.addColumn('Orders', 'priority', Sequelize.ENUM('low', 'high')),

  down: (queryInterface) =>
    queryInterface
      .removeColumn('Orders', 'priority')
      .then(() => queryInterface.dropEnum('enum_Orders_priority')),
};
