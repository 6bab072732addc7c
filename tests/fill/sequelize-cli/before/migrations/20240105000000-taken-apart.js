'use strict';

module.exports = {
  up: async ({ sequelize }) => {
    await sequelize.query('CREATE TABLE nicks (nick text)');
  },
  down: async () => {},
};
