'use strict';

const slugify = require('../lib/slugify');

const BATCH = 500;

module.exports = {
  async up(queryInterface, Sequelize) {
    const { sequelize } = queryInterface;
    await queryInterface.addColumn('Posts', 'slug', { type: Sequelize.STRING(220) });

    await sequelize.transaction(async (transaction) => {
      let last = 0;
      let posts;
      do {
        posts = await sequelize.query('SELECT "id", "title" FROM "Posts" WHERE "id" > :last ORDER BY "id" LIMIT :batch', {
          replacements: { last, batch: BATCH },
          type: Sequelize.QueryTypes.SELECT,
          transaction,
        });
        for (const post of posts) {
          await queryInterface.bulkUpdate(
            'Posts',
            { slug: `${slugify(post.title)}-${post.id}` },
            { id: post.id },
            { transaction }
          );
          last = post.id;
        }
      } while (posts.length === BATCH);
    });

    await queryInterface.changeColumn('Posts', 'slug', { type: Sequelize.STRING(220), allowNull: false });
    await queryInterface.addConstraint('Posts', { fields: ['slug'], type: 'unique', name: 'posts_slug_unique' });
  },

  async down(queryInterface) {
    await queryInterface.removeConstraint('Posts', 'posts_slug_unique');
    await queryInterface.removeColumn('Posts', 'slug');
  },
};
