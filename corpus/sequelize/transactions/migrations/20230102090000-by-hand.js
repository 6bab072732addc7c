'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const transaction = await queryInterface.sequelize.transaction();
    try {
      await queryInterface.addColumn('Parts', 'makerId', {
        type: Sequelize.INTEGER,
        references: { model: 'Makers', key: 'id' },
      }, { transaction });
      await queryInterface.addIndex('Parts', ['makerId'], { transaction });
      await queryInterface.addIndex('Parts', { fields: ['name'], unique: true, transaction });
      await queryInterface.bulkInsert('Makers', [{ id: 1 }, { id: 2 }], { transaction });
      await queryInterface.sequelize.query('UPDATE "Parts" SET "makerId" = 1', { transaction });
      await transaction.commit();
    } catch (err) {
      await transaction.rollback();
      throw err;
    }
  },

  async down(queryInterface) {
    const transaction = await queryInterface.sequelize.transaction();
    try {
      await queryInterface.bulkDelete('Makers', { id: [1, 2] }, { transaction });
      await queryInterface.removeIndex('Parts', ['name'], { transaction });
      await queryInterface.removeIndex('Parts', 'parts_maker_id', { transaction });
      await queryInterface.removeColumn('Parts', 'makerId', { transaction });
      await transaction.commit();
    } catch (err) {
      await transaction.rollback();
      throw err;
    }
  },
};
