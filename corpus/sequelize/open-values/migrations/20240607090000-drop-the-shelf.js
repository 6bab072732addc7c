'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.removeColumn('boxes', 'shelf');
  },
};
