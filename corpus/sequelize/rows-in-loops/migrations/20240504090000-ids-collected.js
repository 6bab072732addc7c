'use strict';

module.exports = {
  async up(queryInterface) {
    const authors = await queryInterface.sequelize.query('SELECT "id" FROM "Authors"', {
      type: queryInterface.sequelize.QueryTypes.SELECT,
    });
    const ids = [];
    for (let i = 0; i < authors.length; i++) {
      ids.push(authors[i].id);
    }
    await queryInterface.bulkUpdate('Authors', { place: 7 }, { id: ids });
  },
};
