'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const columns = await queryInterface.describeTable('Posts');
    if (!('commentCount' in columns)) {
      await queryInterface.addColumn('Posts', 'commentCount', {
        type: Sequelize.INTEGER,
        allowNull: false,
        defaultValue: 0,
      });
    }
    await queryInterface.sequelize.query(`
      UPDATE "Posts" SET "commentCount" = c.n
      FROM (SELECT "postId", count(*) AS n FROM "Comments" GROUP BY "postId") c
      WHERE c."postId" = "Posts"."id"
    `);
  },

  async down(queryInterface) {
    await queryInterface.removeColumn('Posts', 'commentCount');
  },
};
