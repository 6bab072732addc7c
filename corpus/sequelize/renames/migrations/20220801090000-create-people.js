'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('People', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      mail: { type: Sequelize.STRING, unique: true, allowNull: false },
      mood: Sequelize.ENUM('good', 'bad'),
      bossId: { type: Sequelize.INTEGER, references: { model: 'People', key: 'id' }, onDelete: 'SET NULL' },
      age: { type: Sequelize.INTEGER, defaultValue: 1 },
    });
    await queryInterface.addIndex('People', ['age']);
  },

  async down(queryInterface) {
    await queryInterface.dropTable('People');
    await queryInterface.dropEnum('enum_People_mood');
  },
};
