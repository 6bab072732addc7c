'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const [fields] = await queryInterface.sequelize.query('SELECT "name" FROM "Fields" ORDER BY "name"');
    for (const { name } of fields) {
      await queryInterface.addColumn('Boxes', name, Sequelize.INTEGER);
    }
  },
};
