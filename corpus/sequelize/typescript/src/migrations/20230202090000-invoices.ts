import type { QueryInterface } from 'sequelize';
import { DataTypes } from 'sequelize';
import * as helpers from '../helpers';

const TABLE = 'invoices' as const;

export async function up(queryInterface: QueryInterface) {
  await queryInterface.createTable(TABLE, {
    id: helpers.id(),
    account_id: {
      type: DataTypes.INTEGER,
      allowNull: false,
      references: { model: 'accounts', key: 'id' },
      onDelete: 'CASCADE',
    },
    net: { type: DataTypes.DECIMAL(12, 2), allowNull: false },
    ...helpers.stamps,
  });
  await queryInterface.addIndex(TABLE, ['account_id', 'created_at']);
}

export async function down(queryInterface: QueryInterface) {
  await queryInterface.dropTable(TABLE);
}
