'use strict';

const { stamps, to } = require('../lib/columns');

const standard = ['news', 'how-to', 'opinion'];

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Tags', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING(50), allowNull: false, unique: true },
      ...stamps,
    });
    await queryInterface.createTable('PostTags', {
      postId: { ...to('Posts'), primaryKey: true },
      tagId: { ...to('Tags'), type: Sequelize.INTEGER, primaryKey: true },
    });
    await queryInterface.bulkInsert('Tags', standard.map((name) => ({ name })));
  },

  async down(queryInterface) {
    for (const table of ['PostTags', 'Tags']) {
      await queryInterface.dropTable(table);
    }
  },
};
