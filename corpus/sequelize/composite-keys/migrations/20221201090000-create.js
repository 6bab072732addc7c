'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Users', {
      id: { type: Sequelize.UUID, primaryKey: true, defaultValue: Sequelize.UUIDV4 },
    });
    await queryInterface.createTable('Groups', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
    });
    await queryInterface.createTable('Memberships', {
      userId: {
        type: Sequelize.UUID,
        primaryKey: true,
        references: { model: 'Users', key: 'id' },
        onDelete: 'CASCADE',
      },
      groupId: {
        type: Sequelize.INTEGER,
        primaryKey: true,
        references: { model: 'Groups', key: 'id' },
      },
      role: { type: Sequelize.STRING, unique: 'oneRole' },
      number: { type: Sequelize.INTEGER, unique: 'oneRole' },
    }, { uniqueKeys: { role_number: { fields: ['role', 'number'], customIndex: true } } });
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Memberships');
    await queryInterface.dropTable('Groups');
    await queryInterface.dropTable('Users');
  },
};
