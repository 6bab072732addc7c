'use strict';

const { id, stamps, to } = require('../lib/columns');

module.exports = {
  async up(queryInterface, Sequelize) {
    const transaction = await queryInterface.sequelize.transaction();
    try {
      await queryInterface.createTable(
        'Posts',
        {
          id,
          authorId: to('Users', { allowNull: false }),
          title: { type: Sequelize.STRING(200), allowNull: false },
          body: { type: Sequelize.TEXT, allowNull: false, defaultValue: '' },
          state: { type: Sequelize.ENUM('draft', 'published', 'hidden'), allowNull: false, defaultValue: 'draft' },
          publishedAt: Sequelize.DATE,
          ...stamps,
        },
        { transaction }
      );
      await queryInterface.createTable(
        'Comments',
        {
          id,
          postId: to('Posts', { allowNull: false }),
          authorId: to('Users', { onDelete: 'SET NULL' }),
          parentId: to('Comments'),
          body: { type: Sequelize.TEXT, allowNull: false },
          ...stamps,
        },
        { transaction }
      );
      await queryInterface.addIndex('Posts', ['authorId', 'publishedAt'], { transaction });
      await queryInterface.addIndex('Comments', { fields: ['postId'], name: 'comments_of_post', transaction });
      await transaction.commit();
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  },

  // Forgets the type of the state.
  async down(queryInterface) {
    await queryInterface.dropTable('Comments');
    await queryInterface.dropTable('Posts');
  },
};
