'use strict';

module.exports = {
  up: (queryInterface) =>
    queryInterface.sequelize.query('SELECT "id" FROM "Authors" ORDER BY "id"').then(([authors]) =>
      Promise.all(
        authors.map(async (author, index) => {
          await queryInterface.sequelize.query('UPDATE "Authors" SET "place" = :place WHERE "id" = :id', {
            replacements: { place: index, id: author.id },
          });
        }),
      ),
    ),
};
