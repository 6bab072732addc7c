'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('Profiles', 'locale', {
      type: Sequelize.STRING(8),
      allowNull: false,
      defaultValue: 'en',
    });
    await queryInterface.addColumn('Profiles', 'rank', { type: Sequelize.INTEGER, comment: 'lower is earlier' });
    await queryInterface.addColumn('Profiles', 'nickname', Sequelize.STRING);
    await queryInterface.addColumn('Profiles', 'handle', { type: Sequelize.STRING, unique: true });
  },

  async down(queryInterface) {
    await queryInterface.removeColumn('Profiles', 'handle');
    await queryInterface.removeColumn('Profiles', 'nickname');
    await queryInterface.removeColumn('Profiles', 'rank');
    await queryInterface.removeColumn('Profiles', 'locale');
  },
};
