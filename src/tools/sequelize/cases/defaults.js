'use strict';
// Defaults as each type spells them.
module.exports = {
  async up(queryInterface, Sequelize) {
    const { DataTypes } = Sequelize;
    await queryInterface.createTable('Defaults', {
      id: { type: DataTypes.UUID, primaryKey: true, defaultValue: Sequelize.literal('gen_random_uuid()') },
      now: { type: DataTypes.DATE, allowNull: false, defaultValue: Sequelize.fn('now') },
      literal: { type: DataTypes.DATE, defaultValue: Sequelize.literal('CURRENT_TIMESTAMP') },
      NOW: { type: DataTypes.DATE, defaultValue: DataTypes.NOW }, v4: { type: DataTypes.UUID, defaultValue: DataTypes.UUIDV4 },
      v1: { type: DataTypes.UUID, defaultValue: DataTypes.UUIDV1() }, fn: { type: DataTypes.UUID, defaultValue: () => 'x' },
      date: { type: DataTypes.DATE, defaultValue: new Date(1582934400123) }, dateText: { type: DataTypes.DATE, defaultValue: '2020-02-29T12:30:00+02:00' },
      dateonly: { type: DataTypes.DATEONLY, defaultValue: '2020-02-29' },
      text: { type: DataTypes.TEXT, defaultValue: "it's \\ \"here\"" }, empty: { type: DataTypes.STRING, defaultValue: '' },
      null: { type: DataTypes.STRING, defaultValue: null }, undefined: { type: DataTypes.STRING, defaultValue: undefined },
      int: { type: DataTypes.INTEGER, defaultValue: 0 }, intText: { type: DataTypes.INTEGER, defaultValue: '5' }, big: { type: DataTypes.BIGINT, defaultValue: 9007199254740991n },
      float: { type: DataTypes.FLOAT, defaultValue: 0 }, double: { type: DataTypes.DOUBLE, defaultValue: 1.5 }, real: { type: DataTypes.REAL, defaultValue: '2.5' },
      dec: { type: DataTypes.DECIMAL(10, 2), defaultValue: 0.1 }, decText: { type: DataTypes.DECIMAL(10, 2), defaultValue: '0.00' },
      yes: { type: DataTypes.BOOLEAN, defaultValue: true, allowNull: false }, no: { type: DataTypes.BOOLEAN, defaultValue: 'false' },
      jsonb: { type: DataTypes.JSONB, defaultValue: {} }, json: { type: DataTypes.JSON, defaultValue: { a: [1, "it's", null, true], b: { c: 'd"e' } } },
      jsonbList: { type: DataTypes.JSONB, defaultValue: [] }, jsonbText: { type: DataTypes.JSONB, defaultValue: '{}' },
      list: { type: DataTypes.ARRAY(DataTypes.STRING), defaultValue: [] }, listed: { type: DataTypes.ARRAY(DataTypes.STRING(10)), defaultValue: ['a', "b'c"] },
      ints: { type: DataTypes.ARRAY(DataTypes.INTEGER), defaultValue: [1, 2] }, floats: { type: DataTypes.ARRAY(DataTypes.FLOAT), defaultValue: [1] },
      kind: { type: DataTypes.ENUM('a', 'b'), defaultValue: 'a', allowNull: false }, blob: { type: DataTypes.BLOB, defaultValue: 'hi' },
      cast: { type: DataTypes.INTEGER, defaultValue: Sequelize.cast('5', 'integer') }, rawText: { type: 'TEXT', defaultValue: 'x' },
      inet: { type: DataTypes.INET, defaultValue: '127.0.0.1' }, time: { type: DataTypes.TIME, defaultValue: '10:00' },
      col: { type: DataTypes.TEXT, defaultValue: Sequelize.fn('concat', 'a$b', Sequelize.fn('upper', 'x'), 1) },
    });
  },
};
