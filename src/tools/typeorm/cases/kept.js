// What the query runner keeps of a table from one call of a migration to the next.
const { Table, TableColumn, TableForeignKey, TableIndex, TableUnique, TableCheck } = require('typeorm');

exports.Start1700000000001 = class Start1700000000001 {
  async up(queryRunner) {
    await queryRunner.createTable(new Table({ name: 'house', columns: [{ name: 'id', type: 'int', isPrimary: true }] }));
    await queryRunner.createTable(new Table({ name: 'road', columns: [{ name: 'id', type: 'int', isPrimary: true }] }));
    await queryRunner.createTable(new Table({
      name: 'flat',
      columns: [
        { name: 'id', type: 'int', isPrimary: true },
        { name: 'floor', type: 'int', isNullable: true },
        { name: 'houseId', type: 'int', isNullable: true },
        { name: 'door', type: 'varchar', length: '10', isNullable: true },
      ],
      indices: [{ columnNames: ['floor'] }],
    }));
  }

  async down(queryRunner) {
    await queryRunner.dropTable('flat');
    await queryRunner.dropTable('road');
    await queryRunner.dropTable('house');
  }
};

// The column is of the type that was written, not of the one that the server tells.
exports.Fill1700000000002 = class Fill1700000000002 {
  async up(queryRunner) {
    await queryRunner.addColumn('flat', new TableColumn({ name: 'note', type: 'varchar', isNullable: true }));
    await queryRunner.query(`UPDATE "flat" SET "note" = ''`);
    await queryRunner.changeColumn('flat', 'note', new TableColumn({ name: 'note', type: 'varchar', isNullable: false }));
    await queryRunner.addColumn('flat', new TableColumn({ name: 'size', type: 'varchar', length: '10' }));
    await queryRunner.changeColumn('flat', 'size', new TableColumn({ name: 'sizes', type: 'character varying', length: '10' }));
  }

  async down(queryRunner) {
    await queryRunner.changeColumn('flat', 'note', new TableColumn({ name: 'note', type: 'character varying', isNullable: true }));
    await queryRunner.changeColumn('flat', 'note', new TableColumn({ name: 'remark', type: 'character varying', isNullable: true }));
    await queryRunner.dropColumns('flat', ['remark', 'sizes']);
  }
};

// An instance is the very table that is kept.
exports.Instance1700000000003 = class Instance1700000000003 {
  async up(queryRunner) {
    const flat = await queryRunner.getTable('flat');
    await queryRunner.dropIndex(flat, flat.indices[0]);
    await queryRunner.dropColumn(flat, 'floor');
    await queryRunner.createUniqueConstraint(flat, new TableUnique({ columnNames: ['door'] }));
    await queryRunner.createForeignKey(flat, new TableForeignKey({ columnNames: ['houseId'], referencedTableName: 'house', referencedColumnNames: ['id'] }));
    await queryRunner.createIndex('flat', new TableIndex({ columnNames: ['houseId'] }));
    await queryRunner.renameColumn('flat', 'door', 'entrance');
    await queryRunner.renameColumn(flat, 'houseId', 'building');
  }

  async down(queryRunner) {
    const flat = await queryRunner.getTable('flat');
    await queryRunner.dropForeignKey(flat, flat.foreignKeys[0]);
    await queryRunner.renameColumn('flat', 'building', 'houseId');
    await queryRunner.dropIndex(flat, flat.indices[0]);
    await queryRunner.dropUniqueConstraint(flat, flat.uniques[0]);
    await queryRunner.renameColumn('flat', 'entrance', 'door');
    await queryRunner.addColumn(flat, new TableColumn({ name: 'floor', type: 'int', isNullable: true }));
    await queryRunner.createIndex(flat, new TableIndex({ columnNames: ['floor'] }));
  }
};

// Keys and conditions that were written in the same migration are known to the letter.
exports.Keys1700000000004 = class Keys1700000000004 {
  async up(queryRunner) {
    await queryRunner.dropPrimaryKey('road');
    await queryRunner.addColumn('road', new TableColumn({ name: 'town', type: 'varchar', isPrimary: true }));
    await queryRunner.addColumn('road', new TableColumn({ name: 'number', type: 'int', isPrimary: true }));
    await queryRunner.createIndex('road', new TableIndex({ columnNames: ['town'], where: `"town" <> ''` }));
    await queryRunner.createCheckConstraint('road', new TableCheck({ columnNames: ['number'], expression: 'number > 0' }));
    await queryRunner.renameTable('road', 'street');
    await queryRunner.addColumn('street', new TableColumn({ name: 'name', type: 'varchar', isUnique: true, isNullable: true }));
    await queryRunner.renameColumn('street', 'name', 'title');
  }

  async down(queryRunner) {
    await queryRunner.renameTable('street', 'road');
    await queryRunner.dropColumn('road', 'title');
    await queryRunner.dropColumn('road', 'number');
    await queryRunner.dropColumn('road', 'town');
    await queryRunner.createPrimaryKey('road', ['id']);
  }
};

// SQL passes the kept table by.
exports.Beside1700000000005 = class Beside1700000000005 {
  async up(queryRunner) {
    await queryRunner.addColumn('street', new TableColumn({ name: 'rent', type: 'int', isNullable: true }));
    await queryRunner.query('ALTER TABLE "street" ADD "tenant" int');
    await queryRunner.query('CREATE INDEX "by_rent" ON "street" ("rent")');
    await queryRunner.dropColumn('street', 'rent');
  }

  async down(queryRunner) {
    await queryRunner.dropColumn('street', 'tenant');
  }
};

// A table that is dropped stays known under its name.
exports.Again1700000000006 = class Again1700000000006 {
  async up(queryRunner) {
    await queryRunner.createTable(new Table({ name: 'gate', columns: [{ name: 'id', type: 'int', isPrimary: true }, { name: 'key', type: 'varchar' }] }));
    await queryRunner.addColumn('gate', new TableColumn({ name: 'code', type: 'int', isUnique: true, isNullable: true }));
    await queryRunner.dropTable('gate');
    await queryRunner.createTable(new Table({ name: 'gate', columns: [{ name: 'id', type: 'int', isPrimary: true }, { name: 'code', type: 'int' }] }));
    await queryRunner.createIndex('gate', new TableIndex({ columnNames: ['code'] }));
    await queryRunner.renameColumn('gate', 'id', 'number');
  }

  async down(queryRunner) {
    await queryRunner.dropTable('gate');
  }
};

// What the script has changed of its instance counts as that, not as what was found.
exports.Handed1700000000007 = class Handed1700000000007 {
  async up(queryRunner) {
    const house = await queryRunner.getTable('house');
    const lodger = new TableColumn({ name: 'lodger', type: 'int', isNullable: true });
    await queryRunner.addColumn(house, lodger);
    const kept = await queryRunner.getTable('house');
    const own = kept.findColumnByName('lodger');
    own.isNullable = false;
    await queryRunner.changeColumn(kept, 'lodger', own);
    await queryRunner.changeColumn(kept, 'lodger', new TableColumn({ name: 'lodger', type: 'integer', isNullable: true }));
  }

  async down(queryRunner) {
    const house = await queryRunner.getTable('house');
    await queryRunner.dropColumn(house, 'lodger');
  }
};

// A script changes what the query runner keeps, and then calls it by its name.
exports.Changed1700000000040 = class Changed1700000000040 {
  async up(queryRunner) {
    await queryRunner.createTable(new Table({
      name: 'mill',
      columns: [
        { name: 'id', type: 'int', isPrimary: true },
        { name: 'wheels', type: 'int', isNullable: true },
        { name: 'miller', type: 'varchar', length: '10', isNullable: true },
      ],
      indices: [{ columnNames: ['wheels'] }],
    }));
    const mill = await queryRunner.getTable('mill');
    mill.indices = [];
    await queryRunner.renameColumn('mill', 'wheels', 'stones');
    mill.findColumnByName('miller').length = '20';
    await queryRunner.changeColumn('mill', 'miller', new TableColumn({ name: 'miller', type: 'varchar', length: '20', isNullable: true }));
  }

  async down(queryRunner) {
    await queryRunner.renameColumn('mill', 'stones', 'wheels');
    await queryRunner.dropTable('mill');
  }
};

// Of two instances that are alike the query runner keeps the second.
exports.Twice1700000000041 = class Twice1700000000041 {
  async up(queryRunner) {
    const first = await queryRunner.getTable('mill');
    await queryRunner.getTable('mill');
    await queryRunner.createIndex(first, new TableIndex({ columnNames: ['stones'] }));
    await queryRunner.renameColumn('mill', 'stones', 'sieves');
  }

  async down(queryRunner) {
    const first = await queryRunner.getTable('mill');
    const second = await queryRunner.getTable('mill');
    await queryRunner.renameColumn(second, 'sieves', 'stones');
    await queryRunner.dropIndex(first, first.indices[0]);
  }
};
