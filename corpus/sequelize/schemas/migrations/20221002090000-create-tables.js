'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Goods', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING, unique: true },
      kind: Sequelize.ENUM('food', 'tool'),
    }, { schema: 'stock' });
    await queryInterface.createTable({ schema: 'sales', tableName: 'Orders' }, {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      goodId: {
        type: Sequelize.INTEGER,
        references: { model: { tableName: 'Goods', schema: 'stock' }, key: 'id' },
        onDelete: 'CASCADE',
      },
    });
  },

  async down(queryInterface) {
    await queryInterface.dropTable({ schema: 'sales', tableName: 'Orders' });
    await queryInterface.dropTable({ schema: 'stock', tableName: 'Goods' });
    await queryInterface.sequelize.query('DROP TYPE IF EXISTS "stock"."enum_Goods_kind"');
  },
};
