'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Fields', { name: { type: Sequelize.STRING, primaryKey: true } });
    await queryInterface.bulkInsert('Fields', [{ name: 'height' }, { name: 'width' }]);
    await queryInterface.createTable('Boxes', { id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true } });
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Boxes');
    await queryInterface.dropTable('Fields');
  },
};
