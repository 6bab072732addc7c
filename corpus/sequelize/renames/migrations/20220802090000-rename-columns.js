'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.renameColumn('People', 'mail', 'email');
    await queryInterface.renameColumn('People', 'mood', 'temper');
    await queryInterface.renameColumn('People', 'bossId', 'leaderId');
    await queryInterface.renameColumn('People', 'age', 'years');
  },

  async down(queryInterface) {
    await queryInterface.renameColumn('People', 'years', 'age');
    await queryInterface.renameColumn('People', 'leaderId', 'bossId');
    await queryInterface.renameColumn('People', 'temper', 'mood');
    await queryInterface.renameColumn('People', 'email', 'mail');
  },
};
