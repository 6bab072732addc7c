'use strict';

module.exports = {
  up: (queryInterface, Sequelize) => queryInterface.changeColumn('Jobs', 'name', { type: Sequelize.TEXT }),
  down: () => Promise.resolve(),
};
