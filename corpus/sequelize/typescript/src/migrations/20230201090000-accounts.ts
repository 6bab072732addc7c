import { QueryInterface, DataTypes } from 'sequelize';
import { id, Role, stamps } from '../helpers';

export default {
  async up(queryInterface: QueryInterface): Promise<void> {
    await queryInterface.createTable('accounts', {
      id: id(),
      email: { type: DataTypes.STRING(320), allowNull: false, unique: true },
      role: { type: DataTypes.ENUM(...Object.values(Role)), allowNull: false, defaultValue: Role.Reader },
      ...stamps,
    });
  },

  async down(queryInterface: QueryInterface): Promise<void> {
    await queryInterface.dropTable('accounts');
    await queryInterface.sequelize.query('DROP TYPE "enum_accounts_role";');
  },
};
