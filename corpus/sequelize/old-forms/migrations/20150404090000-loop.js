'use strict';
var tables = ['Books', 'Authors'];

module.exports = {
  up: (queryInterface, Sequelize) =>
    tables.reduce(
      (chain, table) => chain.then(() => queryInterface.addColumn(table, 'deletedAt', Sequelize.DATE)),
      Promise.resolve()
    ),
  down: (queryInterface) => Promise.all(tables.map((table) => queryInterface.removeColumn(table, 'deletedAt')))
};
