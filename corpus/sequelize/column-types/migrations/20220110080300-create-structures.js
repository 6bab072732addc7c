'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Structures', {
      id: { type: Sequelize.SMALLINT, autoIncrement: true, primaryKey: true },
      settings: Sequelize.JSON,
      details: Sequelize.JSONB,
      tags: Sequelize.ARRAY(Sequelize.STRING),
      codes: { type: Sequelize.ARRAY(Sequelize.STRING(8)) },
      grid: { type: Sequelize.ARRAY(Sequelize.ARRAY(Sequelize.INTEGER)) },
      prices: { type: Sequelize.ARRAY(Sequelize.DECIMAL(6, 2)) },
      days: Sequelize.RANGE(Sequelize.DATEONLY),
      counts: Sequelize.RANGE(Sequelize.INTEGER),
      spans: Sequelize.RANGE(Sequelize.DATE),
      address: Sequelize.INET,
      network: Sequelize.CIDR,
      hardware: Sequelize.MACADDR,
      raw: 'money',
      rawObject: { type: 'timestamp without time zone', allowNull: true },
    });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.dropTable('Structures');
  },
};
