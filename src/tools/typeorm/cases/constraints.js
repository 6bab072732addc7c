// Keys, constraints and indexes one by one, found again in loaded tables.
const { Table, TableCheck, TableExclusion, TableForeignKey, TableIndex, TableUnique, View } = require('typeorm');

exports.Start1700000000001 = class Start1700000000001 {
  async up(queryRunner) {
    await queryRunner.createTable(new Table({ name: 'a', columns: [{ name: 'id', type: 'int' }, { name: 'x', type: 'int', isNullable: true }, { name: 'deletedAt', type: 'timestamptz', isNullable: true }] }));
    await queryRunner.createTable(new Table({ name: 'b', columns: [{ name: 'id', type: 'int', isPrimary: true, primaryKeyConstraintName: 'b_key' }, { name: 'aId', type: 'int', isNullable: true }] }));
    await queryRunner.createPrimaryKey('a', ['id']);
    await queryRunner.createUniqueConstraint('a', new TableUnique({ columnNames: ['x', 'id'] }));
    await queryRunner.createUniqueConstraints('a', [new TableUnique({ name: 'a_x', columnNames: ['x'] })]);
    await queryRunner.createCheckConstraint('a', new TableCheck({ expression: '"x" > 0' }));
    await queryRunner.createCheckConstraints('a', [new TableCheck({ name: 'small', expression: 'x < 10' })]);
    await queryRunner.createExclusionConstraint('a', new TableExclusion({ expression: 'USING btree (x WITH =)' }));
    await queryRunner.createForeignKeys('b', [new TableForeignKey({ columnNames: ['aId'], referencedTableName: 'a', referencedColumnNames: ['id'], onDelete: 'SET NULL' })]);
    await queryRunner.createIndex('b', new TableIndex({ columnNames: ['aId'] }));
    await queryRunner.createIndices('a', [
      new TableIndex({ name: 'live', columnNames: ['x'], where: '"deletedAt" IS NULL', isUnique: true }),
      new TableIndex({ columnNames: ['x'], where: '"deletedAt" IS NULL' }),
    ]);
    await queryRunner.createView(new View({ name: 'seen', expression: 'SELECT id FROM a' }), true);
    await queryRunner.createView(new View({ name: 'kept', expression: 'SELECT id FROM a', materialized: true }), true);
    await queryRunner.createViewIndex(new View({ name: 'kept', expression: '' }), new TableIndex({ columnNames: ['id'], isUnique: true }));
  }

  async down(queryRunner) {
    await queryRunner.dropView('kept');
    await queryRunner.dropView(new View({ name: 'seen', expression: 'SELECT id FROM a' }));
    const b = await queryRunner.getTable('b');
    const key = b.foreignKeys.find((one) => one.columnNames.indexOf('aId') !== -1);
    if (key.onDelete !== 'SET NULL' || key.referencedTableName !== 'a') throw new Error('another key');
    await queryRunner.dropForeignKey('b', key);
    await queryRunner.dropIndex('b', b.indices[0]);
    if (b.foreignKeys.length !== 0 || b.indices.length !== 0) throw new Error('still there');
    const a = await queryRunner.getTable('a');
    await queryRunner.dropIndex('a', 'live');
    await queryRunner.dropIndices('a', a.indices.filter((one) => one.columnNames[0] === 'x'));
    await queryRunner.dropExclusionConstraints('a', a.exclusions);
    await queryRunner.dropCheckConstraint('a', 'small');
    await queryRunner.dropCheckConstraint('a', a.checks[0]);
    await queryRunner.dropUniqueConstraints('a', a.uniques);
    await queryRunner.dropPrimaryKey('a');
    await queryRunner.dropPrimaryKey('b');
    await queryRunner.dropTable('b');
    await queryRunner.dropTable('a');
  }
};

exports.Query1700000000002 = class Query1700000000002 {
  async up(queryRunner) {
    await queryRunner.query('INSERT INTO a (id, x) VALUES ($1, $2)', [1, null]);
    if (await queryRunner.hasTable('nothing')) await queryRunner.query('DROP TABLE nothing');
    if (!(await queryRunner.hasColumn('b', 'extra'))) await queryRunner.query('ALTER TABLE b ADD extra int');
    await queryRunner.updatePrimaryKeys('b', [(await queryRunner.getTable('b')).findColumnByName('id')]);
    await queryRunner.commitTransaction();
    await queryRunner.startTransaction();
    await queryRunner.startTransaction();
    await queryRunner.commitTransaction();
  }

  async down(queryRunner) {
    await queryRunner.query('ALTER TABLE b DROP COLUMN extra');
  }
};
