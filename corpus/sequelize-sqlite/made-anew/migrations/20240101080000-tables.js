'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('teams', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING, allowNull: false, unique: true },
      active: { type: Sequelize.BOOLEAN, defaultValue: true },
      size: { type: Sequelize.INTEGER, defaultValue: 5 },
      note: Sequelize.TEXT,
      made: { type: Sequelize.DATE, defaultValue: Sequelize.literal('CURRENT_TIMESTAMP') },
      nothing: { type: Sequelize.STRING, defaultValue: null },
    });
    await queryInterface.createTable('players', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      team: { type: Sequelize.INTEGER, references: { model: 'teams', key: 'id' }, onDelete: 'CASCADE', onUpdate: 'CASCADE' },
      first: Sequelize.STRING,
      last: Sequelize.STRING,
      code: { type: Sequelize.STRING, defaultValue: "it's" },
    }, { uniqueKeys: { whole: { fields: ['first', 'last'] } } });
    await queryInterface.createTable('pairs', {
      a: { type: Sequelize.INTEGER, primaryKey: true },
      b: { type: Sequelize.STRING, primaryKey: true },
      c: Sequelize.STRING,
    });
    await queryInterface.createTable('named', {
      key: { type: Sequelize.STRING, primaryKey: true },
      value: Sequelize.DECIMAL(8, 2),
    });
    await queryInterface.addIndex('players', ['code']);
    await queryInterface.addIndex('players', ['last'], { name: 'by_last' });
    await queryInterface.sequelize.query('CREATE TRIGGER touched AFTER INSERT ON players BEGIN SELECT 1; END');
  },

  async down(queryInterface) {
    for (const table of ['named', 'pairs', 'players', 'teams']) await queryInterface.dropTable(table);
  },
};
