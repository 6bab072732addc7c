'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.removeColumn('players', 'code');
    await queryInterface.removeColumn('named', 'nothing');
  },

  async down() {},
};
