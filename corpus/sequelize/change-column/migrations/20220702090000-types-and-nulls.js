'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.changeColumn('Items', 'name', { type: Sequelize.STRING(200), allowNull: true });
    await queryInterface.changeColumn('Items', 'amount', {
      type: Sequelize.BIGINT,
      allowNull: false,
      defaultValue: 0,
    });
    await queryInterface.changeColumn('Items', 'note', { type: Sequelize.STRING, allowNull: false, defaultValue: '' });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.changeColumn('Items', 'note', { type: Sequelize.TEXT });
    await queryInterface.changeColumn('Items', 'amount', { type: Sequelize.INTEGER, defaultValue: 1 });
    await queryInterface.changeColumn('Items', 'name', {
      type: Sequelize.STRING(50),
      allowNull: false,
      defaultValue: 'none',
    });
  },
};
