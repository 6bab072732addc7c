module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`alter table part alter v set default 9;`),
};
