'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('Players', 'mentorId', {
      type: Sequelize.INTEGER,
      references: { model: 'Players', key: 'id' },
      onUpdate: 'CASCADE',
      onDelete: 'SET NULL',
    });
    await queryInterface.addColumn('Teams', 'bestPlayerId', {
      type: Sequelize.INTEGER,
      references: {
        model: 'Players',
        key: 'id',
        deferrable: Sequelize.Deferrable.INITIALLY_DEFERRED,
      },
    });
  },

  async down(queryInterface) {
    await queryInterface.removeColumn('Teams', 'bestPlayerId');
    await queryInterface.removeColumn('Players', 'mentorId');
  },
};
