'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const columns = await queryInterface.describeTable('Accounts');
    if (!columns.name) {
      await queryInterface.addColumn('Accounts', 'name', Sequelize.STRING);
    }
    if (!columns.phone) {
      await queryInterface.addColumn('Accounts', 'phone', { type: Sequelize.STRING(20) });
    }
    if (columns.email.allowNull && columns.email.type === 'CHARACTER VARYING(255)') {
      await queryInterface.changeColumn('Accounts', 'email', { type: Sequelize.STRING(320), allowNull: false });
    }
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.changeColumn('Accounts', 'email', { type: Sequelize.STRING });
    return queryInterface.describeTable('Accounts').then((columns) => {
      if (columns.phone) return queryInterface.removeColumn('Accounts', 'phone');
    });
  },
};
