import { DataTypes, ModelAttributeColumnOptions } from 'sequelize';

export enum Role {
  Admin = 'admin',
  Reader = 'reader',
}

export const id = (): ModelAttributeColumnOptions => ({
  type: DataTypes.INTEGER,
  primaryKey: true,
  autoIncrement: true,
  allowNull: false,
});

export const stamps: Record<string, ModelAttributeColumnOptions> = {
  created_at: { type: DataTypes.DATE, allowNull: false },
  updated_at: { type: DataTypes.DATE, allowNull: false },
};
