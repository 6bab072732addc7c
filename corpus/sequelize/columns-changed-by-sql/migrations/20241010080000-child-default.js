module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`alter table base alter y set not null;`),
};
