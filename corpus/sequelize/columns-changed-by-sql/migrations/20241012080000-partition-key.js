module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`alter table parted alter k set default 5;`),
};
