'use strict';

/** @type {import('sequelize-cli').Migration} */
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Profiles', {
      id: {
        allowNull: false,
        autoIncrement: true,
        primaryKey: true,
        type: Sequelize.INTEGER,
      },
      name: { type: Sequelize.STRING, allowNull: false, defaultValue: 'anonymous' },
      quoted: { type: Sequelize.STRING, defaultValue: "it's \"so\"" },
      backslash: { type: Sequelize.STRING, defaultValue: 'a\\b' },
      empty: { type: Sequelize.STRING, defaultValue: '' },
      nothing: { type: Sequelize.STRING, defaultValue: null },
      tries: { type: Sequelize.INTEGER, allowNull: false, defaultValue: 0 },
      offset: { type: Sequelize.INTEGER, defaultValue: -1 },
      rate: { type: Sequelize.DECIMAL(5, 2), defaultValue: 1.25 },
      active: { type: Sequelize.BOOLEAN, allowNull: false, defaultValue: true },
      hidden: { type: Sequelize.BOOLEAN, defaultValue: false },
      options: { type: Sequelize.JSON, defaultValue: {} },
      extra: { type: Sequelize.JSONB, allowNull: false, defaultValue: { theme: 'dark', sizes: [1, 2] } },
      list: { type: Sequelize.JSONB, defaultValue: [] },
      tags: { type: Sequelize.ARRAY(Sequelize.TEXT), defaultValue: [] },
      marks: { type: Sequelize.ARRAY(Sequelize.INTEGER), defaultValue: [1, 2] },
      key: { type: Sequelize.UUID, defaultValue: Sequelize.literal('gen_random_uuid()') },
      token: { type: Sequelize.UUID, defaultValue: Sequelize.UUIDV4 },
      createdAt: { allowNull: false, type: Sequelize.DATE, defaultValue: Sequelize.literal('CURRENT_TIMESTAMP') },
      updatedAt: { allowNull: false, type: Sequelize.DATE, defaultValue: Sequelize.fn('now') },
      seenAt: { type: Sequelize.DATE, defaultValue: Sequelize.NOW },
      since: { type: Sequelize.DATEONLY, defaultValue: '2020-01-01' },
      note: { type: Sequelize.TEXT, comment: 'what the owner says of it' },
    }, { comment: 'one row an owner' });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.dropTable('Profiles');
  },
};
