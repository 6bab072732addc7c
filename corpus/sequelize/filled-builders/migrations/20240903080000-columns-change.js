'use strict';

module.exports = {
  up: (queryInterface, DataTypes) =>
    queryInterface.sequelize.transaction(async (transaction) => {
      await queryInterface.changeColumn('Users', 'visits', { type: DataTypes.TEXT }, { transaction });
      await queryInterface.changeColumn('Users', 'price', { type: DataTypes.DECIMAL(12, 4) }, { transaction });
      await queryInterface.changeColumn('Users', 'active', { type: DataTypes.BOOLEAN }, { transaction });
      await queryInterface.addColumn('Users', 'note', { type: DataTypes.STRING(20), unique: true }, { transaction });
    }),
};
