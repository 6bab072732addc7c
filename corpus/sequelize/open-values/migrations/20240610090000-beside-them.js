'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.sequelize.query('ALTER TABLE "boxes" ALTER COLUMN "sealed" SET NOT NULL');
    await queryInterface.sequelize.query('ALTER TABLE "boxes" ALTER COLUMN "weight" SET NOT NULL');
    await queryInterface.renameColumn('boxes', 'colour', 'paint');
    await queryInterface.createSchema('attic');
  },
};
