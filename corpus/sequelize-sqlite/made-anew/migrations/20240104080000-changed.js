'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.changeColumn('teams', 'note', { type: Sequelize.STRING(50), allowNull: false, defaultValue: 'x' });
    await queryInterface.changeColumn('named', 'value', { type: Sequelize.FLOAT, unique: true });
    await queryInterface.changeColumn('players', 'team', { type: Sequelize.BIGINT, onDelete: 'SET NULL' });
  },

  async down() {},
};
