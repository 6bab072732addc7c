'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Prices', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      net: Sequelize.INTEGER,
      gross: Sequelize.INTEGER,
    });
    await queryInterface.createFunction(
      'with_tax',
      [{ type: 'integer', name: 'net' }, { type: 'integer', direction: 'IN', name: 'rate' }],
      'integer',
      'plpgsql',
      'RETURN net + net * rate / 100;',
      ['IMMUTABLE', 'LEAKPROOF']
    );
    await queryInterface.createFunction('fill_gross', [], 'trigger', 'plpgsql', 'NEW.gross := with_tax(NEW.net, 19); RETURN NEW;', [], {
      force: true,
    });
  },

  async down(queryInterface) {
    await queryInterface.dropFunction('fill_gross', []);
    await queryInterface.dropFunction('with_tax', [{ type: 'integer', name: 'net' }, { type: 'integer', name: 'rate' }]);
    await queryInterface.dropTable('Prices');
  },
};
