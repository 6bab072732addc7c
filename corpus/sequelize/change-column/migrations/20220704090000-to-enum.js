'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.changeColumn('Items', 'state', {
      type: Sequelize.ENUM('new', 'used'),
      allowNull: false,
    });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.changeColumn('Items', 'state', { type: Sequelize.STRING, allowNull: true, defaultValue: null });
    await queryInterface.sequelize.query('ALTER TABLE "Items" ALTER COLUMN "state" DROP DEFAULT');
    await queryInterface.sequelize.query('DROP TYPE "enum_Items_state"');
  },
};
