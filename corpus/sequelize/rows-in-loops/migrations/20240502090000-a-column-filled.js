'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('Authors', 'slug', Sequelize.STRING);
    const [authors] = await queryInterface.sequelize.query('SELECT "id", "name" FROM "Authors"');
    for (const author of authors) {
      const slug = author.name.toLowerCase();
      await queryInterface.bulkUpdate('Authors', { slug }, { id: author.id });
    }
  },

  async down(queryInterface) {
    await queryInterface.removeColumn('Authors', 'slug');
  },
};
