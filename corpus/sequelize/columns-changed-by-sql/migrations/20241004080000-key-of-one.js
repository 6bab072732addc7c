module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`alter table users alter id type bigint;`),
};
