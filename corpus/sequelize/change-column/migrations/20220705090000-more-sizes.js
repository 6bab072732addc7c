'use strict';

// A value too many stays: PostgreSQL takes none back.
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.changeColumn('Items', 'size', {
      type: Sequelize.ENUM('s', 'm', 'l'),
      allowNull: false,
      defaultValue: 'm',
    });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.changeColumn('Items', 'size', { type: Sequelize.ENUM('s', 'm'), defaultValue: 's' });
  },
};
