'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.removeIndex('users', 'people_age');
    await queryInterface.addIndex('users', ['years']);
    await queryInterface.removeConstraint('users', 'People_mail_key');
    await queryInterface.addColumn('users', 'mood', { type: Sequelize.ENUM('calm', 'wild') });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.removeColumn('users', 'mood');
    await queryInterface.sequelize.query('DROP TYPE "enum_users_mood"');
    await queryInterface.addConstraint('users', { fields: ['email'], type: 'unique', name: 'People_mail_key' });
    await queryInterface.removeIndex('users', ['years']);
    await queryInterface.addIndex('users', { fields: ['years'], name: 'people_age' });
  },
};
