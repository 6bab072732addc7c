'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.removeConstraint('Memberships', 'Memberships_pkey');
    await queryInterface.addColumn('Memberships', 'id', {
      type: Sequelize.INTEGER,
      primaryKey: true,
      autoIncrement: true,
    });
    await queryInterface.addConstraint('Memberships', { fields: ['userId', 'groupId'], type: 'unique', name: 'member_once' });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.removeConstraint('Memberships', 'member_once');
    await queryInterface.removeColumn('Memberships', 'id');
    await queryInterface.addConstraint('Memberships', {
      fields: ['userId', 'groupId'],
      type: 'primary key',
      name: 'Memberships_pkey',
    });
  },
};
