'use strict';

// The down forgets the index that went with the column.
module.exports = {
  async up(queryInterface) {
    await queryInterface.removeColumn('Boats', 'ownerId');
    await queryInterface.removeColumn('Boats', 'length', {});
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.addColumn('Boats', 'ownerId', {
      type: Sequelize.INTEGER,
      references: { model: 'Owners', key: 'id' },
    });
    await queryInterface.addColumn('Boats', 'length', { type: Sequelize.INTEGER, defaultValue: 4 });
  },
};
