'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('Levels', 'label', { type: Sequelize.STRING });
    await queryInterface.sequelize.query(`UPDATE "Levels" SET "label" = upper("name") WHERE "label" IS NULL`);
    await queryInterface.changeColumn('Levels', 'label', { type: Sequelize.STRING, allowNull: false });
  },

  async down(queryInterface) {
    await queryInterface.removeColumn('Levels', 'label');
  },
};
