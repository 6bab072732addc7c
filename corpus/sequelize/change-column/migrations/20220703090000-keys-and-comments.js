'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.changeColumn('Items', 'code', { type: Sequelize.STRING, unique: true });
    await queryInterface.changeColumn('Items', 'note', {
      type: Sequelize.STRING,
      allowNull: false,
      defaultValue: '',
      comment: 'from the label',
    });
    await queryInterface.changeColumn('Items', 'parentId', {
      type: Sequelize.INTEGER,
      references: { model: 'Items', key: 'id' },
      onDelete: 'SET NULL',
      onUpdate: 'CASCADE',
    });
  },

  // The comment stays.
  async down(queryInterface) {
    await queryInterface.removeConstraint('Items', 'Items_parentId_fkey');
    await queryInterface.removeConstraint('Items', 'Items_code_key');
  },
};
