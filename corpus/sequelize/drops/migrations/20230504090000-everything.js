'use strict';

module.exports = {
  async up(queryInterface) {
    for (const table of await queryInterface.showAllTables()) {
      if (table === 'Boats' || table === 'Owners') await queryInterface.dropTable(table, { force: true });
    }
  },
};
