'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.renameColumn('pairs', 'b', 'd');
    await queryInterface.renameColumn('teams', 'size', 'members');
  },

  async down(queryInterface) {
    await queryInterface.renameColumn('teams', 'members', 'size');
  },
};
