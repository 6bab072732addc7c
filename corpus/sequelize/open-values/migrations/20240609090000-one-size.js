'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.removeColumn('bags', 'size');
    await queryInterface.sequelize.query('DROP TYPE "enum_bags_size"');
  },
};
