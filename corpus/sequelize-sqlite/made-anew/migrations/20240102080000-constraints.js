'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const { Op } = Sequelize;
    await queryInterface.addConstraint('pairs', { fields: ['c'], type: 'unique', name: 'one_c' });
    await queryInterface.addConstraint('pairs', { fields: ['a', 'c'], type: 'unique' });
    await queryInterface.addConstraint('pairs', { fields: ['a'], type: 'check', name: 'big_a', where: { a: { [Op.gt]: 1 } } });
    await queryInterface.addConstraint('pairs', { fields: ['a'], type: 'foreign key', name: 'of_team', references: { table: 'teams', field: 'id' }, onDelete: 'cascade', onUpdate: 'cascade' });
    await queryInterface.addConstraint('players', { fields: ['code'], type: 'unique', name: 'one_code' });
  },

  async down() {},
};
