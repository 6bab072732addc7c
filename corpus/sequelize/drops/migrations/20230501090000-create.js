'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Owners', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      phone: { type: Sequelize.STRING, unique: true },
    });
    await queryInterface.createTable('Boats', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      ownerId: { type: Sequelize.INTEGER, references: { model: 'Owners', key: 'id' } },
      name: Sequelize.STRING,
      length: { type: Sequelize.INTEGER, defaultValue: 4 },
    });
    await queryInterface.addIndex('Boats', ['ownerId', 'name']);
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Boats');
    await queryInterface.dropTable('Owners');
  },
};
