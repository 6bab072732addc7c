'use strict';

module.exports = {
  up: (queryInterface) => queryInterface.removeColumn('Jobs', 'kind'),
  down: () => {
    throw new Error('there is no way back');
  },
};
