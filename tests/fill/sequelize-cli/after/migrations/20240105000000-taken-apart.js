'use strict';

module.exports = {
  up: async ({ sequelize }) => {
    await sequelize.query('CREATE TABLE nicks (nick text)');
  },
  down: async ({ sequelize }) => {
    // Undoes 20240105000000-taken-apart.js, made by transmigrate; fingerprint b85917a27fb1c5ad
    // Grade: exact; schema and rows come back as they were
    // Running it throws away:
    //   table nicks with its rows
    await sequelize.getQueryInterface().dropTable('nicks');
  },
};
