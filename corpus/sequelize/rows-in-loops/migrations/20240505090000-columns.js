'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const [authors] = await queryInterface.sequelize.query('SELECT "slug" FROM "Authors"');
    await Promise.all(
      authors.map((author) => queryInterface.addColumn('Authors', `likes ${author.slug}`, Sequelize.BOOLEAN)),
    );
  },

  async down() {},
};
