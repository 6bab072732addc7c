module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`alter table numbered alter id type bigint;`),
};
