'use strict';

module.exports = {
  up: async (queryInterface, Sequelize) => {
    await queryInterface.createTable('Numbers', {
      id: { allowNull: false, autoIncrement: true, primaryKey: true, type: Sequelize.INTEGER },
      small: Sequelize.SMALLINT,
      plain: { type: Sequelize.INTEGER },
      big: { type: Sequelize.BIGINT },
      counted: { type: Sequelize.INTEGER.UNSIGNED },
      sized: { type: Sequelize.INTEGER(11) },
      ratio: { type: Sequelize.FLOAT },
      ratioSized: { type: Sequelize.FLOAT(11) },
      real: { type: Sequelize.REAL },
      exact: { type: Sequelize.DOUBLE },
      price: { type: Sequelize.DECIMAL },
      priceSized: { type: Sequelize.DECIMAL(12, 3) },
      priceShort: { type: Sequelize.DECIMAL(8) },
      numeric: { type: Sequelize.NUMERIC(5, 1) },
      flag: { type: Sequelize.BOOLEAN },
    });
  },

  down: async (queryInterface, Sequelize) => {
    await queryInterface.dropTable('Numbers');
  },
};
