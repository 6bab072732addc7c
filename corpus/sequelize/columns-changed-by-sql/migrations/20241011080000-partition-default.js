module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`alter table parted alter v set not null;`),
};
