'use strict';

const { QueryTypes } = require('sequelize');

module.exports = {
  async up(queryInterface, Sequelize) {
    const { sequelize } = queryInterface;
    // carried
    const [authors] = await queryInterface.sequelize.query('SELECT id, name, born FROM authors ORDER BY id');
    const books = await sequelize.query('SELECT * FROM books WHERE author_id IN (:ids) AND title <> :none', {
      replacements: { ids: authors.map((author) => author.id), none: "it's :ids ?" },
      type: QueryTypes.SELECT,
    });
    for (const book of books) {
      await sequelize.query("UPDATE books SET title = :title, place = :place WHERE id = :id AND title <> ':id'", {
        replacements: { id: book.id, title: `${book.title} ?`, place: null },
        type: Sequelize.QueryTypes.UPDATE,
      });
    }
    await sequelize.query('UPDATE authors SET born = ?, slug = ? WHERE name LIKE ?', {
      replacements: [authors[0].born, books.length > 2, 'Ben%'],
    });
    const [[{ n }]] = await sequelize.query(`SELECT count(*)::int AS n FROM authors WHERE meta ? 'b'`);
    const [, inserted] = await sequelize.query(`INSERT INTO books (title, place) SELECT name, ${n} FROM authors WHERE name IS NOT NULL`);
    await sequelize.query(`INSERT INTO books (title) VALUES ($$inserted ${inserted} $1 ?$$)`);
    // end
  },
};
