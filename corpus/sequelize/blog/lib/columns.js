const { DataTypes, Sequelize } = require('sequelize');

const now = Sequelize.literal('CURRENT_TIMESTAMP');

exports.id = { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true, allowNull: false };

exports.stamps = {
  createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: now },
  updatedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: now },
};

exports.to = (model, options = {}) => ({
  type: DataTypes.BIGINT,
  references: { model, key: 'id' },
  onUpdate: 'CASCADE',
  onDelete: 'CASCADE',
  ...options,
});
