'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Customers', {
      id: { type: Sequelize.INTEGER, allowNull: false, autoIncrement: true, primaryKey: true },
      name: { type: Sequelize.STRING, allowNull: false, defaultValue: "it's" },
      email: { type: Sequelize.STRING(120), unique: true },
      points: { type: Sequelize.INTEGER, defaultValue: 5 },
      active: { type: Sequelize.BOOLEAN, allowNull: false, defaultValue: true },
      kind: { type: Sequelize.ENUM('a', 'b'), defaultValue: 'a' },
      balance: Sequelize.DECIMAL(8, 2),
      ratio: { type: Sequelize.FLOAT, defaultValue: 1.5 },
      about: Sequelize.TEXT('long'),
      extra: { type: Sequelize.JSON, defaultValue: { a: 1 } },
      code: { type: Sequelize.UUID, defaultValue: Sequelize.UUIDV4 },
      born: Sequelize.DATEONLY,
      nick: { type: Sequelize.CITEXT, field: 'nick_name' },
      small: Sequelize.SMALLINT(5),
      big: Sequelize.BIGINT.UNSIGNED,
      raw: 'VARCHAR(5) COLLATE NOCASE',
      createdAt: { type: Sequelize.DATE, allowNull: false, defaultValue: Sequelize.literal('CURRENT_TIMESTAMP') },
      updatedAt: { type: Sequelize.DATE, allowNull: false, defaultValue: Sequelize.NOW },
    });
    await queryInterface.createTable('Orders', {
      id: { type: Sequelize.BIGINT, primaryKey: true, autoIncrement: true },
      customerId: { type: Sequelize.INTEGER, allowNull: false, references: { model: 'Customers', key: 'id' }, onDelete: 'CASCADE', onUpdate: 'set null' },
      number: { type: Sequelize.STRING },
      year: { type: Sequelize.INTEGER },
    }, { uniqueKeys: { one: { fields: ['number', 'year'] } } });
    await queryInterface.createTable('Lines', {
      orderId: { type: Sequelize.INTEGER, primaryKey: true },
      position: { type: Sequelize.INTEGER, primaryKey: true, allowNull: false },
      what: Sequelize.STRING,
    });
    await queryInterface.addIndex('Customers', ['points', 'active']);
    await queryInterface.addIndex('Customers', { fields: [{ name: 'name', order: 'DESC', collate: 'NOCASE' }], unique: true, name: 'by_name', where: { points: { [Sequelize.Op.gt]: 3 } } });
  },

  async down(queryInterface) {
    await queryInterface.dropTable('Lines');
    await queryInterface.dropTable('Orders');
    await queryInterface.dropTable('Customers');
  },
};
