'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Buildings', {
      code: { type: Sequelize.STRING(4) },
      site: { type: Sequelize.STRING(4) },
    });
    await queryInterface.createTable('Rooms', {
      number: { type: Sequelize.INTEGER, allowNull: false },
      building: { type: Sequelize.STRING(4), allowNull: false },
      site: { type: Sequelize.STRING(4) },
      seats: { type: Sequelize.INTEGER },
      price: { type: Sequelize.INTEGER },
      kind: { type: Sequelize.STRING },
    });
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Rooms');
    await queryInterface.dropTable('Buildings');
  },
};
