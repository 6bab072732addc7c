'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Teams', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING, allowNull: false, unique: true },
    });
    await queryInterface.createTable('Players', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      teamId: {
        type: Sequelize.INTEGER,
        allowNull: false,
        references: { model: 'Teams', key: 'id' },
        onUpdate: 'CASCADE',
        onDelete: 'CASCADE',
      },
      formerTeamId: {
        type: Sequelize.INTEGER,
        references: { model: { tableName: 'Teams' }, key: 'id' },
        onDelete: 'SET NULL',
      },
      captainId: { type: Sequelize.INTEGER, references: { model: 'Players', key: 'id' } },
      teamName: { type: Sequelize.STRING, references: { model: 'Teams', key: 'name' }, onUpdate: 'restrict' },
      oldForm: { type: Sequelize.INTEGER, references: { model: 'Teams' } },
    });
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Players');
    await queryInterface.dropTable('Teams');
  },
};
