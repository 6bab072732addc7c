'use strict';

const { DataTypes } = require('sequelize');

module.exports = {
  async up(queryInterface) {
    await queryInterface.sequelize.query('CREATE EXTENSION citext');
    await queryInterface.createTable('texts', {
      id: { type: DataTypes.UUID, defaultValue: DataTypes.UUIDV4, primaryKey: true },
      name: DataTypes.STRING,
      code: DataTypes.STRING(12),
      bytes: DataTypes.STRING.BINARY,
      initial: DataTypes.CHAR(1),
      letters: DataTypes.CHAR,
      body: DataTypes.TEXT,
      longBody: DataTypes.TEXT('long'),
      email: DataTypes.CITEXT,
      words: DataTypes.TSVECTOR,
      payload: DataTypes.BLOB,
      small_payload: DataTypes.BLOB('tiny'),
      token: DataTypes.UUID,
    });
  },

  async down(queryInterface) {
    await queryInterface.dropTable('texts');
    await queryInterface.sequelize.query('DROP EXTENSION citext');
  },
};
