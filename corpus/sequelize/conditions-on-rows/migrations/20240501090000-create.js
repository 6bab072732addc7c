'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Teams', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING, allowNull: false },
      size: { type: Sequelize.INTEGER },
    });
    await queryInterface.createTable('Players', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING, allowNull: false },
      teamId: { type: Sequelize.INTEGER },
    });
    await queryInterface.bulkInsert('Teams', [{ name: 'Red' }, { name: 'Blue' }]);
    await queryInterface.bulkInsert('Players', [{ name: 'Ada', teamId: 1 }, { name: 'Ben' }]);
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Players');
    await queryInterface.dropTable('Teams');
  },
};
