'use strict';
module.exports = {
  up: function (queryInterface, Sequelize) {
    return queryInterface
      .createTable('Books', {
        id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
        title: Sequelize.STRING,
        author_id: {
          type: Sequelize.INTEGER,
          references: { model: 'Authors', key: 'id' },
          onUpdate: 'cascade',
          onDelete: 'cascade'
        }
      })
      .then(function () {
        return queryInterface.addIndex('Books', ['title', 'author_id'], {
          indexName: 'book_title_author',
          indicesType: 'UNIQUE'
        });
      })
      .then(function () {
        return queryInterface.addIndex('Books', ['author_id']);
      });
  },
  down: function (queryInterface) {
    return queryInterface.dropTable('Books');
  }
};
