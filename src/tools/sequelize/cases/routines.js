'use strict';
// Functions and triggers.
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('T', { id: Sequelize.INTEGER, n: Sequelize.INTEGER });
    await queryInterface.createFunction('add_one', [{ type: 'integer', name: 'x' }, { direction: 'IN', type: 'text', name: 'y' }], 'integer', 'plpgsql', 'z := x + 1; RETURN z;', ['IMMUTABLE'], { variables: [{ name: 'z', type: 'integer', default: 0 }], force: true });
    await queryInterface.createFunction('touch', [], 'trigger', 'plpgsql', 'RETURN NEW;', []);
    await queryInterface.renameFunction('add_one', [{ type: 'integer' }, { type: 'text' }], 'plus_one');
    await queryInterface.createTrigger('T', 'touching', 'before', ['insert', 'update'], 'touch', [], ['FOR EACH ROW']);
    await queryInterface.renameTrigger('T', 'touching', 'touched');
    await queryInterface.dropTrigger('T', 'touched');
    await queryInterface.dropFunction('plus_one', [{ type: 'integer' }, { type: 'text' }]);
  },
};
