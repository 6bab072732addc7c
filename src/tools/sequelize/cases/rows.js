'use strict';
// Rows, and raw statements with their values.
module.exports = {
  async up(queryInterface, Sequelize) {
    const { DataTypes, Op, QueryTypes } = Sequelize;
    await queryInterface.createTable('R', {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true }, name: { type: DataTypes.STRING, unique: true }, n: DataTypes.INTEGER,
      at: DataTypes.DATE, tags: DataTypes.ARRAY(DataTypes.STRING), data: DataTypes.JSONB, raw: DataTypes.BLOB, ok: DataTypes.BOOLEAN,
    });
    await queryInterface.bulkInsert('R', [
      { name: "it's", n: 1, at: new Date(1582934400123), ok: true }, { n: null, name: 'b', tags: ['x', "y'z"], data: JSON.stringify({ a: 1 }) },
      { name: Sequelize.fn('upper', 'c'), n: Sequelize.literal('1 + 2'), raw: Buffer.from('hi'), data: undefined },
    ], {});
    await queryInterface.bulkInsert({ tableName: 'R', schema: 'public' }, [{ name: 'd', data: { k: ['v'] }, tags: ['q'] }], { ignoreDuplicates: true }, { data: { type: new DataTypes.JSONB() } });
    await queryInterface.bulkInsert('R', [{ name: 'd', n: 4 }], { updateOnDuplicate: ['n', 'at'], upsertKeys: ['name'], returning: ['id', 'name'] });
    await queryInterface.insert(null, 'R', { name: 'e', n: 5, at: new Date(0), tags: ['x', 'y"z'], ok: false, data: '{}' });
    await queryInterface.bulkUpdate('R', { n: 2, name: "o'k", at: null, ok: true, data: Sequelize.literal(`'{"b": 2}'::jsonb`) }, { name: 'b', n: null, id: [1, 2], [Op.or]: [{ n: { [Op.lt]: 3 } }, { ok: true }] });
    await queryInterface.bulkUpdate('R', { n: 0 }, {}, { returning: true });
    await queryInterface.bulkUpdate('R', { tags: ['p', 'q'], data: { z: 1 } }, { id: { [Op.in]: [1, 2] }, at: { [Op.ne]: null }, name: { [Op.notIn]: [] } });
    await queryInterface.increment(null, 'R', { name: 'b' }, { n: 2 }, {}, {});
    await queryInterface.decrement(null, 'R', { name: 'b' }, { n: 1 }, { name: 'bb' }, { returning: false });
    await queryInterface.bulkDelete('R', { name: { [Op.startsWith]: "b'" }, n: { [Op.between]: [1, 3] }, id: [1, 2], at: { [Op.gt]: new Date(0) } });
    await queryInterface.bulkDelete('R', { [Op.and]: [{ n: 1 }, { name: { [Op.iLike]: '%x%' } }], name: { [Op.not]: 'y' }, ok: { [Op.not]: true }, tags: { [Op.contains]: Sequelize.literal(`ARRAY['x']::varchar[]`) } }, {});
    await queryInterface.bulkDelete('R', { id: [] });
    await queryInterface.bulkDelete('R', null, {});
    await queryInterface.bulkDelete('R', {}, { truncate: true, restartIdentity: true, cascade: true });
    const sequelize = queryInterface.sequelize;
    await sequelize.query(`UPDATE "R" SET name = :name WHERE id IN (:ids) AND n = :n::int AND at < :at -- :none\n`, { replacements: { name: "it's :n", ids: [1, 2], n: 3, at: new Date(0) } });
    await sequelize.query('UPDATE "R" SET name = ? WHERE id = ? AND (n, id) IN (?)', { replacements: ['a', null, [[1, 2], [3, 4]]], type: QueryTypes.UPDATE });
    await sequelize.query('UPDATE "R" SET name = $1, n = $2 WHERE id = $2', { bind: ['a', 4] });
    await sequelize.query('UPDATE "R" SET name = $name, ok = $ok WHERE id = $id::int', { bind: { name: 'b', ok: false, id: 5 }, type: QueryTypes.UPDATE });
    await sequelize.query({ query: 'DELETE FROM "R" WHERE name = ?', values: ['z'] });
    await sequelize.query('  DELETE FROM "R";  ', { raw: true });
    await sequelize.transaction(async (transaction) => {
      await queryInterface.addColumn('R', 'one', DataTypes.INTEGER, { transaction });
      await sequelize.query('UPDATE "R" SET one = 1', { transaction });
    });
    const t = await sequelize.transaction();
    try {
      await queryInterface.removeColumn('R', 'one', { transaction: t });
      await t.commit();
    } catch (error) {
      await t.rollback();
      throw error;
    }
  },
};
