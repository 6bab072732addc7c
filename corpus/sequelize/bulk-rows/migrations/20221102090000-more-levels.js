'use strict';

const names = ['top', 'bottom', "it's"];

module.exports = {
  async up(queryInterface, Sequelize) {
    const { Op } = Sequelize;
    await queryInterface.bulkInsert('Levels', names.map((name, rank) => ({ name, rank: rank + 10 })));
    await queryInterface.bulkUpdate('Levels', { rank: 0 }, { name: 'low' });
    await queryInterface.bulkUpdate(
      'Levels',
      { rank: Sequelize.literal('"rank" + 1'), updatedAt: Sequelize.fn('now') },
      { rank: { [Op.gte]: 10 }, name: { [Op.in]: names } }
    );
    await queryInterface.bulkDelete('Levels', { [Op.or]: [{ rank: null }, { name: { [Op.like]: 'b%' } }] });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.bulkDelete('Levels', { name: { [Sequelize.Op.in]: names } });
    await queryInterface.bulkUpdate('Levels', { rank: 1 }, { name: 'low' });
  },
};
