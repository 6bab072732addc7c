'use strict';
// Indexes and constraints, with every way to name them.
module.exports = {
  async up(queryInterface, Sequelize) {
    const { DataTypes, Op } = Sequelize;
    await queryInterface.createSchema('app');
    await queryInterface.createTable('Users', { id: { type: DataTypes.INTEGER, primaryKey: true }, x: DataTypes.INTEGER, y: DataTypes.INTEGER });
    await queryInterface.sequelize.query('ALTER TABLE "Users" ADD UNIQUE ("x", "y")');
    for (const table of ['OrderLines', { tableName: 'OrderLines', schema: 'app' }]) {
      await queryInterface.createTable(table, { id: DataTypes.INTEGER, orderId: DataTypes.INTEGER, status: DataTypes.STRING, x: DataTypes.INTEGER, tags: DataTypes.JSONB });
      await queryInterface.addIndex(table, ['orderId']);
      await queryInterface.addIndex(table, ['orderId', 'status'], { unique: true });
      await queryInterface.addIndex(table, { fields: ['status'], name: 'by_status_' + typeof table, where: { status: 'open', x: { [Op.gt]: 5, [Op.ne]: null } } });
      await queryInterface.addConstraint(table, { fields: ['x'], type: 'check', where: { x: { [Op.gt]: 0 } } });
      await queryInterface.addConstraint(table, { fields: ['orderId', 'x'], type: 'unique' });
      await queryInterface.addConstraint(table, { fields: ['id'], type: 'primary key' });
      await queryInterface.addConstraint(table, { fields: ['x'], type: 'FOREIGN KEY', references: { table: 'Users', field: 'id' }, onDelete: 'cascade', onUpdate: 'no action' });
    }
    await queryInterface.addIndex('OrderLines', ['id', { name: 'status', order: 'DESC', collate: 'C' }, { attribute: 'x', order: 'ASC NULLS LAST' }], { name: 'mixed', type: 'UNIQUE' });
    await queryInterface.addIndex('OrderLines', ['tags'], { using: 'gin', operator: 'jsonb_path_ops', name: 'tags_gin' });
    await queryInterface.addIndex('OrderLines', [{ name: 'status', operator: 'varchar_pattern_ops', length: 5 }], { using: 'BTREE', concurrently: true, prefix: "pre.fix'" });
    await queryInterface.addIndex('OrderLines', [Sequelize.fn('lower', Sequelize.col('status'))], { unique: true, name: 'lowered' });
    await queryInterface.addIndex('OrderLines', [Sequelize.literal('(x + 1)')]);
    await queryInterface.addIndex('app.OrderLines', ['x']);
    await queryInterface.addIndex('OrderLines', { fields: ['tags'] }, { transaction: null });
    await queryInterface.addIndex('OrderLines', ['x'], { indexName: 'ignored', indicesType: 'UNIQUE', fields: ['id'] }, 'Raw');
    await queryInterface.addIndex('OrderLines', ['x'], { name: 'conditions', where: { [Op.or]: [{ x: 1 }, { x: { [Op.in]: [2, 3] } }, { status: { [Op.like]: 'a%' } }], [Op.not]: { status: null }, tags: { [Op.is]: null } } });
    await queryInterface.addIndex('OrderLines', ['x'], { name: 'more', where: { [Op.and]: [Sequelize.where(Sequelize.col('x'), Op.gte, 1), Sequelize.literal('x < 9')], status: { [Op.or]: ['a', null] }, x: { [Op.between]: [1, 2] } } });
    await queryInterface.addConstraint('OrderLines', { fields: ['status'], type: 'check', name: 'status_known', where: { status: ['a', 'b'] } });
    await queryInterface.addConstraint('OrderLines', { fields: ['x', 'orderId'], type: 'foreign key', name: 'named_fk', references: { table: 'Users', fields: ['x', 'y'] }, deferrable: Sequelize.Deferrable.INITIALLY_IMMEDIATE });
    await queryInterface.addConstraint('OrderLines', { fields: [{ name: 'status' }], type: 'unique', deferrable: Sequelize.Deferrable.INITIALLY_DEFERRED });
    await queryInterface.removeConstraint('OrderLines', 'OrderLines_x_ck');
    await queryInterface.removeIndex('OrderLines', ['orderId', 'status']);
    await queryInterface.removeIndex('OrderLines', 'mixed', { concurrently: true });
    await queryInterface.removeIndex('OrderLines', 'never');
  },
};
