'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Levels', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING, unique: true, allowNull: false },
      rank: Sequelize.INTEGER,
      tags: Sequelize.ARRAY(Sequelize.STRING),
      extra: Sequelize.JSONB,
      createdAt: Sequelize.DATE,
      updatedAt: Sequelize.DATE,
    });
    await queryInterface.bulkInsert('Levels', [
      { name: 'low', rank: 1, createdAt: new Date(), updatedAt: new Date() },
      { name: 'high', rank: 3, extra: JSON.stringify({ colour: 'red' }), createdAt: new Date(), updatedAt: new Date() },
    ]);
  },

  async down(queryInterface) {
    await queryInterface.bulkDelete('Levels', null, {});
    await queryInterface.dropTable('Levels');
  },
};
