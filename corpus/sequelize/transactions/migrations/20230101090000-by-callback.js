'use strict';

module.exports = {
  up: (queryInterface, Sequelize) => {
    return queryInterface.sequelize.transaction((t) => {
      return Promise.all([
        queryInterface.createTable('Parts', {
          id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
          name: Sequelize.STRING,
        }, { transaction: t }),
        queryInterface.createTable('Makers', {
          id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
        }, { transaction: t }),
      ]);
    });
  },

  down: (queryInterface) => {
    return queryInterface.sequelize.transaction((t) => {
      return Promise.all([
        queryInterface.dropTable('Parts', { transaction: t }),
        queryInterface.dropTable('Makers', { transaction: t }),
      ]);
    });
  },
};
