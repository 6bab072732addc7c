'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.removeIndex('Books', ['authorName']);
    await queryInterface.removeIndex('Books', 'books_by_shelf');
  },

  async down(queryInterface) {
    await queryInterface.addIndex('Books', ['authorName']);
    await queryInterface.addIndex('Books', ['shelf'], { name: 'books_by_shelf' });
  },
};
