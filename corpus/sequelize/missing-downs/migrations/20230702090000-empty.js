'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('Jobs', 'queue', { type: Sequelize.STRING, allowNull: false, defaultValue: 'main' });
    await queryInterface.addIndex('Jobs', ['queue', 'name'], { unique: true });
  },

  async down(queryInterface, Sequelize) {
    /**
     * Add reverting commands here.
     *
     * Example:
     * await queryInterface.dropTable('users');
     */
  },
};
