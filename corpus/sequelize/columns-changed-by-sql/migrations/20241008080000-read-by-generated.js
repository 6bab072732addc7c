module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`alter table read alter s set default 2;`),
};
