'use strict';

/** @type {import('sequelize-cli').Migration} */
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Countries', {
      code: { type: Sequelize.CHAR(2), primaryKey: true },
      name: { type: Sequelize.STRING, allowNull: false, unique: true },
    });
    await queryInterface.createTable('Users', {
      id: { type: Sequelize.INTEGER, allowNull: false, autoIncrement: true, primaryKey: true },
      uuid: { type: Sequelize.UUID, allowNull: false, defaultValue: Sequelize.fn('gen_random_uuid') },
      email: { type: Sequelize.STRING(120), allowNull: false, unique: true },
      'full name': { type: Sequelize.TEXT, defaultValue: "it's me" },
      role: { type: Sequelize.ENUM('admin', "it's", 'reader'), allowNull: false, defaultValue: 'reader' },
      flags: { type: Sequelize.ARRAY(Sequelize.ENUM('new', 'old')) },
      active: { type: Sequelize.BOOLEAN, allowNull: false, defaultValue: true },
      visits: { type: Sequelize.BIGINT, allowNull: false, defaultValue: 0 },
      score: { type: Sequelize.DOUBLE, defaultValue: 1.5 },
      ratio: { type: Sequelize.REAL },
      price: { type: Sequelize.DECIMAL(10, 2), defaultValue: 9.99 },
      settings: { type: Sequelize.JSONB, allowNull: false, defaultValue: {} },
      tags: { type: Sequelize.ARRAY(Sequelize.STRING), defaultValue: [] },
      steps: { type: Sequelize.JSON, defaultValue: ['a', 1, null] },
      span: { type: Sequelize.RANGE(Sequelize.INTEGER) },
      picture: Sequelize.BLOB,
      born: Sequelize.DATEONLY,
      wakes: { type: Sequelize.TIME, defaultValue: '07:00' },
      seen: 'TIMESTAMP',
      address: Sequelize.INET,
      countryCode: {
        type: Sequelize.CHAR(2),
        references: { model: 'Countries', key: 'code' },
        onDelete: 'SET NULL',
        onUpdate: 'CASCADE',
      },
      createdAt: { type: Sequelize.DATE, allowNull: false, defaultValue: Sequelize.literal('CURRENT_TIMESTAMP') },
      updatedAt: { type: Sequelize.DATE, allowNull: false, defaultValue: Sequelize.fn('now') },
    });
    await queryInterface.addIndex('Users', ['countryCode', 'born'], { name: 'users_by_country' });
    await queryInterface.addConstraint('Users', {
      fields: ['visits'],
      type: 'check',
      where: { visits: { [Sequelize.Op.gte]: 0 } },
      name: 'users_visits',
    });
    await queryInterface.createTable('Visits', {
      userId: {
        type: Sequelize.INTEGER,
        primaryKey: true,
        references: { model: 'Users', key: 'id' },
        onDelete: 'CASCADE',
      },
      countryCode: { type: Sequelize.CHAR(2), primaryKey: true },
      number: { type: Sequelize.SMALLINT, autoIncrement: true },
      previous: { type: Sequelize.INTEGER },
    });
    await queryInterface.addConstraint('Visits', {
      fields: ['number', 'previous'],
      type: 'unique',
      name: 'visits_in_a_row',
    });
    await queryInterface.addConstraint('Visits', {
      fields: ['countryCode'],
      type: 'foreign key',
      references: { table: 'Countries', field: 'code' },
      name: 'visits_country',
    });
  },
};
