module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`alter table base alter x type bigint;`),
};
