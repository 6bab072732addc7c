'use strict';

const { Op } = require('sequelize');

async function close(queryInterface, t, id) {
  await queryInterface.bulkUpdate('books', { place: id, title: `closed '${id}'` }, { author_id: id }, { transaction: t });
}

module.exports = {
  up: (queryInterface) =>
    queryInterface.sequelize.transaction(async (t) => {
      // carried
      const authors = await queryInterface.sequelize.query('SELECT id, name, place, born, tags FROM authors ORDER BY id', {
        type: queryInterface.sequelize.QueryTypes.SELECT,
        transaction: t,
      });
      for (const author of authors) {
        await close(queryInterface, t, author.id);
        await queryInterface.bulkUpdate('authors', { slug: author.name, meta: { id: author.id }, tags: ['p?', 'q'] }, { place: author.place, name: author.name }, { transaction: t });
      }
      await queryInterface.bulkInsert('authors', authors.map(({ name, born }) => (name ? { name: `${name}\\ "2"`, born } : { place: 5 })), { transaction: t });
      await queryInterface.bulkInsert('books', [{ title: "it's ?", place: authors.length }, { title: authors[0].name }], { transaction: t });
      await queryInterface.bulkDelete('books', { place: [authors[1].id, 77], author_id: authors[1].id }, { transaction: t });
      await queryInterface.bulkDelete('books', { title: { [Op.in]: authors.map(({ name }) => `${name}`) }, place: { [Op.ne]: null } }, { transaction: t });
      if (authors.length < 2) return;
      await queryInterface.bulkUpdate('books', { place: 6 }, { author_id: null }, { transaction: t });
      // end
    }),
};
