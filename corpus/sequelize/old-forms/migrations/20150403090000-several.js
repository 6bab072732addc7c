'use strict';
module.exports = {
  up: function (queryInterface, Sequelize) {
    return Promise.all([
      queryInterface.addColumn('Books', 'isbn', Sequelize.STRING),
      queryInterface.addColumn('Books', 'pages', { type: Sequelize.INTEGER, after: 'title' }),
      queryInterface.addColumn('Authors', 'born', { type: Sequelize.DATEONLY })
    ]);
  },
  down: function (queryInterface) {
    return Promise.all([
      queryInterface.removeColumn('Books', 'isbn'),
      queryInterface.removeColumn('Books', 'pages'),
      queryInterface.removeColumn('Authors', 'born')
    ]);
  }
};
