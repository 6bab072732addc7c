'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const { Op } = Sequelize;
    await queryInterface.addIndex('Books', {
      fields: ['title'],
      name: 'titled_books',
      where: { title: { [Op.ne]: null } },
    });
    await queryInterface.addIndex('Books', {
      fields: [Sequelize.fn('lower', Sequelize.col('title'))],
      name: 'books_title_lower',
      type: 'UNIQUE',
    });
    await queryInterface.addIndex('Books', {
      fields: [{ name: 'authorName', order: 'DESC' }, { name: 'title', collate: 'C' }],
      name: 'books_author_down',
    });
    await queryInterface.addIndex('Books', ['shelf', 'isbn'], { indexName: 'old_name_key', indicesType: 'UNIQUE' });
    await queryInterface.addIndex('Books', { fields: ['shelf'], where: { shelf: 3 }, unique: true });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.removeIndex('Books', 'titled_books');
    await queryInterface.removeIndex('Books', 'books_title_lower');
    await queryInterface.removeIndex('Books', 'books_author_down');
    await queryInterface.removeIndex('Books', 'books_shelf_isbn');
    await queryInterface.removeIndex('Books', ['shelf']);
  },
};
