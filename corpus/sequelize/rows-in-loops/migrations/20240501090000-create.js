'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Authors', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING, allowNull: false },
      place: Sequelize.INTEGER,
    });
    await queryInterface.bulkInsert('Authors', [{ name: 'Ada Blue' }, { name: 'Ben Green' }]);
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Authors');
  },
};
