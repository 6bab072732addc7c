const { DataTypes } = require('sequelize');

module.exports = {
  up: async ({ context }) => {
    await context.createTable('users', {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
      username: { type: DataTypes.STRING, unique: true, allowNull: false },
    });
    await context.addColumn('notes', 'user_id', {
      type: DataTypes.INTEGER,
      allowNull: false,
      references: { model: 'users', key: 'id' },
    });
  },
  down: async ({ context }) => {
    await context.removeColumn('notes', 'user_id');
    await context.dropTable('users');
  },
};
