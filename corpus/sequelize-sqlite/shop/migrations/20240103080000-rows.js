'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    const at = new Date(0);
    await queryInterface.bulkInsert('Customers', [
      { id: 1, name: "o'x", email: 'e1', points: null, active: true, extra: JSON.stringify({ a: 1 }), createdAt: at, updatedAt: at },
      { id: 2, name: 'two', email: 'e2', active: false, createdAt: at, updatedAt: at },
    ]);
    await queryInterface.bulkInsert('Customers', [{ id: 2, name: 'again', updatedAt: at, createdAt: at, active: true }], { ignoreDuplicates: true });
    await queryInterface.bulkUpdate('Customers', { points: 7 }, { email: 'e2' });
    await queryInterface.sequelize.query('UPDATE Customers SET name = :name WHERE id IN (:ids)', { replacements: { name: "it's", ids: [2, 3] } });
  },

  async down(queryInterface) {
    await queryInterface.bulkDelete('Customers', { id: [1, 2] });
  },
};
