module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`alter table a alter c set default 'x';`),
};
