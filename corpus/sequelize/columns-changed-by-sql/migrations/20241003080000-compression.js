module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`alter table a alter d set default 'x', alter d set not null;`),
};
