'use strict';
// Columns: added, changed, renamed and removed.
module.exports = {
  async up(queryInterface, Sequelize) {
    const { DataTypes } = Sequelize;
    await queryInterface.createSchema('app');
    await queryInterface.createTable('Users', { id: { type: DataTypes.INTEGER, primaryKey: true } });
    await queryInterface.createTable('T', { id: DataTypes.INTEGER, a: DataTypes.STRING, b: DataTypes.TEXT, c: DataTypes.INTEGER, n: DataTypes.INTEGER });
    await queryInterface.createTable({ tableName: 'T', schema: 'app' }, { id: DataTypes.INTEGER });
    await queryInterface.addColumn('T', 'plain', DataTypes.STRING);
    await queryInterface.addColumn('T', 'text', 'VARCHAR(3)');
    await queryInterface.addColumn('T', 'full', { type: DataTypes.STRING(50), allowNull: false, defaultValue: 'x', unique: true, comment: "it's" });
    await queryInterface.addColumn('T', 'userId', { type: DataTypes.INTEGER, references: { model: 'Users', key: 'id' }, onDelete: 'CASCADE' });
    await queryInterface.addColumn('T', 'key', { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true });
    await queryInterface.addColumn('T', 'kind', { type: DataTypes.ENUM('a', 'b'), defaultValue: 'a', allowNull: false });
    await queryInterface.addColumn('T', 'kinds', { type: DataTypes.ARRAY(DataTypes.ENUM('k', 'l')) });
    await queryInterface.addColumn({ tableName: 'T', schema: 'app' }, 'kind', { type: DataTypes.ENUM, values: ['a', 'b'], field: 'ignored' });
    await queryInterface.addColumn('T', 'uuid', { type: DataTypes.UUID, defaultValue: DataTypes.UUIDV4, after: 'id' }, { transaction: undefined, logging: false });
    await queryInterface.changeColumn('T', 'a', DataTypes.TEXT);
    await queryInterface.changeColumn('T', 'a', DataTypes.STRING(20));
    await queryInterface.changeColumn('T', 'a', { type: DataTypes.STRING, allowNull: false, defaultValue: 'z' });
    await queryInterface.changeColumn('T', 'a', { type: DataTypes.STRING, allowNull: true, unique: true });
    await queryInterface.changeColumn('T', 'b', { type: DataTypes.ENUM('p', 'q(r)'), allowNull: false });
    await queryInterface.changeColumn('T', 'c', { type: DataTypes.INTEGER, allowNull: false, references: { model: 'Users', key: 'id' }, onDelete: 'CASCADE', onUpdate: 'SET NULL' });
    await queryInterface.changeColumn('T', 'n', { type: 'BIGINT USING CAST("n" AS BIGINT)', comment: 'numbers' });
    await queryInterface.changeColumn('T', 'n', { type: DataTypes.DECIMAL(10, 2), defaultValue: Sequelize.literal('1 + 1') });
    await queryInterface.changeColumn({ tableName: 'T', schema: 'app' }, 'kind', { type: DataTypes.TEXT });
    await queryInterface.renameColumn('T', 'a', 'aa');
    await queryInterface.renameColumn({ tableName: 'T', schema: 'app' }, 'kind', 'sort');
    await queryInterface.removeColumn('T', 'b');
    await queryInterface.removeColumn({ tableName: 'T', schema: 'app' }, 'sort');
  },
};
