module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`alter table read alter twice type bigint;`),
};
