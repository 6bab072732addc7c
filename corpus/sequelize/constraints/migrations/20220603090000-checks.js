'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const { Op } = Sequelize;
    await queryInterface.addConstraint('Rooms', {
      fields: ['seats'],
      type: 'check',
      where: { seats: { [Op.gt]: 0 } },
    });
    await queryInterface.addConstraint('Rooms', {
      fields: ['kind'],
      type: 'check',
      name: 'known_kinds',
      where: { kind: ['hall', 'office', 'lab'] },
    });
    await queryInterface.addConstraint('Rooms', {
      fields: ['price'],
      type: 'check',
      name: 'fair_price',
      where: { [Op.or]: [{ price: null }, { price: { [Op.between]: [1, 100] } }] },
    });
    await queryInterface.addConstraint('Rooms', { fields: ['kind', 'number'], type: 'unique', name: 'one_kind' });
  },

  async down(queryInterface) {
    await queryInterface.removeConstraint('Rooms', 'one_kind');
    await queryInterface.removeConstraint('Rooms', 'fair_price');
    await queryInterface.removeConstraint('Rooms', 'known_kinds');
    await queryInterface.removeConstraint('Rooms', 'Rooms_seats_ck');
  },
};
