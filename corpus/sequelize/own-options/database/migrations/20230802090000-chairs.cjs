const { DataTypes, Sequelize } = require('sequelize');

module.exports = {
  up: async (queryInterface) => {
    await queryInterface.createTable('chairs', {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
      room_id: {
        type: DataTypes.INTEGER,
        references: { model: { tableName: 'rooms' }, key: 'id' },
        onDelete: 'cascade',
      },
      made_at: { type: Sequelize.DATE, defaultValue: Sequelize.fn('NOW') },
    });
  },
  down: async (queryInterface) => {
    await queryInterface.dropTable('chairs');
  },
};
