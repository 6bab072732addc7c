'use strict';

module.exports = {
  up: (queryInterface) => queryInterface.renameTable('People', 'users'),
  down: (queryInterface) => queryInterface.renameTable('users', 'People'),
};
