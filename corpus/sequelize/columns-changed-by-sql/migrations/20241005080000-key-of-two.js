module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`alter table pairs alter a type bigint, alter b set default 2;`),
};
