'use strict';
// Tables: keys, comments, references, schemas, options.
module.exports = {
  async up(queryInterface, Sequelize) {
    const { DataTypes } = Sequelize;
    await queryInterface.createSchema('shop');
    await queryInterface.createTable('Users', {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      email: { type: DataTypes.STRING, unique: true, allowNull: false, comment: "the user's mail" },
      name: { type: DataTypes.STRING, unique: 'named', allowNull: undefined }, other: { type: DataTypes.STRING, unique: { name: 'x', msg: 'y' } },
      renamed: { type: DataTypes.STRING, field: 'renamed_to', validate: { len: [1, 2] } },
    }, { comment: "people's", uniqueKeys: { byName: { fields: ['name', 'other'] }, off: { fields: ['name'], customIndex: false } }, charset: 'utf8' });
    await queryInterface.createTable('Posts', {
      a: { type: DataTypes.INTEGER, primaryKey: true }, b: { type: DataTypes.SMALLINT, primaryKey: true },
      userId: { type: DataTypes.BIGINT, allowNull: false, references: { model: 'Users', key: 'id' }, onDelete: 'cascade', onUpdate: 'CASCADE' },
      editorId: { type: DataTypes.BIGINT, references: { model: { tableName: 'Users' }, key: 'id', deferrable: Sequelize.Deferrable.INITIALLY_DEFERRED }, onDelete: 'SET NULL' },
      plain: { type: DataTypes.BIGINT, references: { model: 'Users' } },
    });
    await queryInterface.createTable({ tableName: 'items', schema: 'shop' }, {
      id: { type: DataTypes.SMALLINT, primaryKey: true, autoIncrement: true },
      kind: DataTypes.ENUM('x', 'y'), identity: { type: DataTypes.INTEGER, autoIncrement: true, autoIncrementIdentity: true, allowNull: false },
    });
    await queryInterface.createTable('lines', {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true }, state: { type: DataTypes.ENUM('on', 'off'), comment: 'which', defaultValue: 'on' },
      item: { type: DataTypes.SMALLINT, references: { model: 'items', key: 'id' } }, user: { type: DataTypes.BIGINT, references: { model: { tableName: 'Users', schema: 'public' }, key: 'id' } },
    }, { schema: 'shop' });
    await queryInterface.createTable('dotted.name', { id: DataTypes.INTEGER, 'quo"te': DataTypes.INTEGER });
    await queryInterface.createTable('Forced', { kind: { type: DataTypes.ENUM('a') } }, { force: true });
    await queryInterface.renameTable('Forced', 'Renamed');
    await queryInterface.dropTable('Renamed');
    await queryInterface.createTable('Forced', { kind: { type: DataTypes.ENUM('b', 'c') } });
    await queryInterface.dropTable('Posts', { cascade: true });
    await queryInterface.dropTable({ tableName: 'lines', schema: 'shop' }, { force: true });
    await queryInterface.dropTable('never');
    await queryInterface.dropEnum('enum_Forced_other');
    await queryInterface.dropSchema('shop');
    await queryInterface.createTable('empty');
    await queryInterface.createTable('pointing', { id: { type: DataTypes.BIGINT, references: { model: 'Users', key: 'id' } } });
    await queryInterface.dropTable('dotted.name');
  },
};
