'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.removeConstraint('Players', 'Players_teamId_fkey');
    await queryInterface.addConstraint('Players', {
      fields: ['teamId'],
      type: 'foreign key',
      name: 'players_team',
      references: { table: 'Teams', field: 'id' },
      onDelete: 'restrict',
      onUpdate: 'cascade',
    });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.removeConstraint('Players', 'players_team');
    await queryInterface.addConstraint('Players', {
      fields: ['teamId'],
      type: 'foreign key',
      name: 'Players_teamId_fkey',
      references: { table: 'Teams', field: 'id' },
      onDelete: 'cascade',
      onUpdate: 'cascade',
    });
  },
};
