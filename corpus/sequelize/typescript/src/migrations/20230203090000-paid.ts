import { QueryInterface, DataTypes as Types } from 'sequelize';

module.exports = {
  up: async (queryInterface: QueryInterface, Sequelize: typeof import('sequelize')) => {
    await queryInterface.addColumn('invoices', 'paid_at', { type: Types.DATE, defaultValue: Sequelize.literal('NULL') });
  },
  down: async (queryInterface: QueryInterface) => {
    await queryInterface.removeColumn('invoices', 'paid_at');
  },
};
