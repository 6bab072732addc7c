'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Books', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      isbn: { type: Sequelize.STRING, unique: true },
      title: Sequelize.STRING,
      authorName: Sequelize.STRING,
      shelf: Sequelize.INTEGER,
      meta: Sequelize.JSONB,
    }, {
      uniqueKeys: {
        title_of_author: { fields: ['title', 'authorName'] },
      },
    });
    await queryInterface.addIndex('Books', ['authorName']);
    await queryInterface.addIndex('Books', ['title', 'shelf'], { unique: true });
    await queryInterface.addIndex('Books', { fields: ['shelf'], name: 'books_by_shelf' });
    await queryInterface.addIndex('Books', ['meta'], { using: 'gin', name: 'books_meta' });
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Books');
  },
};
