'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.sequelize.query(`ALTER TYPE "enum_bags_size" ADD VALUE 'medium' BEFORE 'big'`);
  },
};
