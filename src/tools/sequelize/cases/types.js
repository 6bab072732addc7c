'use strict';
// Every type of `DataTypes`, with its arguments and flags.
module.exports = {
  async up(queryInterface, Sequelize) {
    const { DataTypes } = Sequelize;
    await queryInterface.sequelize.query('CREATE EXTENSION IF NOT EXISTS citext');
    await queryInterface.sequelize.query('CREATE EXTENSION IF NOT EXISTS hstore;');
    await queryInterface.createTable('Everything', {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true, allowNull: false },
      s: Sequelize.STRING, s10: Sequelize.STRING(10), sObject: DataTypes.STRING({ length: 20 }),
      sBinary: DataTypes.STRING.BINARY, sBinary2: DataTypes.STRING(20).BINARY, sBinary3: new DataTypes.STRING(20, true),
      c: DataTypes.CHAR, c5: DataTypes.CHAR(5), t: DataTypes.TEXT, tLong: DataTypes.TEXT('long'),
      i: DataTypes.INTEGER.UNSIGNED, i11: DataTypes.INTEGER(11), iz: DataTypes.INTEGER(5).UNSIGNED.ZEROFILL,
      b: DataTypes.BIGINT, b20: DataTypes.BIGINT(20), si: DataTypes.SMALLINT,
      f: DataTypes.FLOAT, f11: DataTypes.FLOAT(11), f112: DataTypes.FLOAT(11, 2), r: DataTypes.REAL(5), d: DataTypes.DOUBLE(11),
      dp: DataTypes['DOUBLE PRECISION'], dec: DataTypes.DECIMAL, dec10: DataTypes.DECIMAL(10), dec102: DataTypes.DECIMAL(10, 2),
      dec100: DataTypes.DECIMAL(10, 0), decObject: DataTypes.DECIMAL({ precision: 12, scale: 3 }), num: DataTypes.NUMERIC(6, 1),
      bool: DataTypes.BOOLEAN, time: DataTypes.TIME, date: DataTypes.DATE, date6: DataTypes.DATE(6), dateonly: DataTypes.DATEONLY,
      uuid: DataTypes.UUID, json: DataTypes.JSON, jsonb: DataTypes.JSONB, blob: DataTypes.BLOB, blobTiny: DataTypes.BLOB('tiny'),
      hstore: DataTypes.HSTORE, cidr: DataTypes.CIDR, inet: DataTypes.INET, mac: DataTypes.MACADDR, citext: DataTypes.CITEXT,
      ts: DataTypes.TSVECTOR,
      a: DataTypes.ARRAY(DataTypes.STRING), aa: DataTypes.ARRAY(DataTypes.ARRAY(DataTypes.INTEGER)), ab: DataTypes.ARRAY(DataTypes.BOOLEAN),
      ad: DataTypes.ARRAY(DataTypes.DATE), a10: DataTypes.ARRAY(DataTypes.STRING(10)), aObject: DataTypes.ARRAY({ type: DataTypes.TEXT }),
      ri: DataTypes.RANGE, rd: DataTypes.RANGE(DataTypes.DATE), rdo: DataTypes.RANGE(DataTypes.DATEONLY), rn: DataTypes.RANGE(DataTypes.DECIMAL(5)),
      rb: DataTypes.RANGE(DataTypes.BIGINT),
      raw: 'VARCHAR(7)', rawObject: { type: 'TIMESTAMP' },
      e: DataTypes.ENUM('a', 'b'), eList: DataTypes.ENUM(['a', "it's"]), eValues: { type: DataTypes.ENUM, values: ['x', 'y'] },
      eObject: { type: DataTypes.ENUM({ values: ['p', 'q'] }) }, eArray: DataTypes.ARRAY(DataTypes.ENUM('m', 'n')),
    });
  },
};
