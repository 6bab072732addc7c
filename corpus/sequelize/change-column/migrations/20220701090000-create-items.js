'use strict';

module.exports = {
  up: (queryInterface, Sequelize) =>
    queryInterface.createTable('Items', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING(50), allowNull: false, defaultValue: 'none' },
      amount: { type: Sequelize.INTEGER, defaultValue: 1 },
      note: Sequelize.TEXT,
      state: { type: Sequelize.STRING },
      parentId: { type: Sequelize.INTEGER },
      code: { type: Sequelize.STRING },
      size: { type: Sequelize.ENUM('s', 'm'), defaultValue: 's' },
    }),

  down: async (queryInterface) => {
    await queryInterface.dropTable('Items');
    await queryInterface.sequelize.query('DROP TYPE "enum_Items_size"');
  },
};
