'use strict';

module.exports = {
  up: (queryInterface, DataTypes) =>
    queryInterface.createTable('Moments', {
      id: { type: DataTypes.BIGINT, autoIncrement: true, primaryKey: true },
      happenedAt: DataTypes.DATE,
      preciseAt: DataTypes.DATE(6),
      day: DataTypes.DATEONLY,
      hour: DataTypes.TIME,
      createdAt: { allowNull: false, type: DataTypes.DATE },
      updatedAt: { allowNull: false, type: DataTypes.DATE },
    }),

  down: (queryInterface) => queryInterface.dropTable('Moments'),
};
