'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.sequelize.transaction(
      { isolationLevel: Sequelize.Transaction.ISOLATION_LEVELS.SERIALIZABLE },
      async (transaction) => {
        await queryInterface.changeColumn('Parts', 'name', { type: Sequelize.TEXT, allowNull: false }, { transaction });
        await queryInterface.renameColumn('Parts', 'name', 'title', { transaction });
        await queryInterface.addConstraint('Parts', {
          fields: ['title'],
          type: 'check',
          name: 'titled',
          where: { title: { [Sequelize.Op.ne]: '' } },
          transaction,
        });
      }
    );
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.sequelize.transaction(async (transaction) => {
      await queryInterface.removeConstraint('Parts', 'titled', { transaction });
      await queryInterface.renameColumn('Parts', 'title', 'name', { transaction });
      await queryInterface.changeColumn('Parts', 'name', { type: Sequelize.STRING }, { transaction });
    });
  },
};
