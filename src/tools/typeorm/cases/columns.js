// Adding, changing, renaming and dropping columns.
const { Table, TableColumn, TableForeignKey, TableIndex, TableUnique } = require('typeorm');

exports.Start1700000000001 = class Start1700000000001 {
  async up(queryRunner) {
    await queryRunner.createTable(new Table({
      name: 'team', columns: [
        { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
        { name: 'name', type: 'varchar' },
      ] }));
    await queryRunner.createTable(new Table({ name: 'pair', columns: [{ name: 'one', type: 'int', isPrimary: true }] }));
    await queryRunner.createTable(new Table({
      name: 'member',
      columns: [
        { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
        { name: 'teamId', type: 'int' },
        { name: 'nick', type: 'varchar', isUnique: true },
        { name: 'rank', type: 'int', default: 0 },
        { name: 'state', type: 'enum', enum: ['new', 'old'], default: "'new'" },
        { name: 'price', type: 'numeric', precision: 10, scale: 2 },
        { name: 'note', type: 'text', isNullable: true },
      ],
      foreignKeys: [{ columnNames: ['teamId'], referencedTableName: 'team', referencedColumnNames: ['id'] }],
      indices: [{ columnNames: ['teamId', 'rank'] }, { columnNames: ['rank'] }, { columnNames: ['note'], where: 'note IS NOT NULL' }],
      checks: [{ expression: 'rank >= 0' }],
    }));
  }

  async down(queryRunner) {
    await queryRunner.dropTable('member');
    await queryRunner.dropTable('team');
    await queryRunner.dropTable('pair');
    await queryRunner.query('DROP TYPE member_state_enum');
  }
};

exports.Add1700000000002 = class Add1700000000002 {
  async up(queryRunner) {
    await queryRunner.addColumn('member', new TableColumn({ name: 'email', type: 'varchar', length: '80', isUnique: true, isNullable: true }));
    await queryRunner.addColumns('member', [
      new TableColumn({ name: 'level', type: 'enum', enum: ['a', 'b'], default: "'a'", comment: 'how far' }),
      new TableColumn({ name: 'uid', type: 'uuid', isGenerated: true, generationStrategy: 'uuid' }),
      new TableColumn({ name: 'list', type: 'int', isArray: true, isNullable: true }),
    ]);
    await queryRunner.addColumn('team', { name: 'plain', type: 'int', isNullable: true });
    await queryRunner.addColumn('pair', new TableColumn({ name: 'second', type: 'int', isPrimary: true }));
  }

  async down(queryRunner) {
    await queryRunner.query('ALTER TABLE "member" DROP CONSTRAINT "' + (await queryRunner.getTable('member')).foreignKeys[0].name + '"');
    await queryRunner.dropColumn('pair', 'second');
    await queryRunner.dropColumn('team', 'plain');
    await queryRunner.createForeignKey('member', new TableForeignKey({ columnNames: ['teamId'], referencedTableName: 'team', referencedColumnNames: ['id'] }));
    await queryRunner.dropColumns('member', ['list', 'uid']);
    const table = await queryRunner.getTable('member');
    await queryRunner.dropColumn(table, 'level');
    await queryRunner.dropColumn(table, table.findColumnByName('email'));
  }
};

// Without a foreign key to the renamed table's key, as a composite key would need both.
exports.Rename1700000000003 = class Rename1700000000003 {
  async up(queryRunner) {
    await queryRunner.renameColumn('member', 'nick', 'handle');
    await queryRunner.renameColumn('member', 'teamId', 'groupId');
    await queryRunner.renameColumn('member', 'id', 'memberId');
    await queryRunner.renameColumn('member', 'state', 'status');
    await queryRunner.renameColumn('member', 'note', 'remark');
  }

  async down(queryRunner) {
    await queryRunner.renameColumn('member', 'remark', 'note');
    await queryRunner.renameColumn('member', 'status', 'state');
    await queryRunner.renameColumn('member', 'memberId', 'id');
    await queryRunner.renameColumn('member', 'groupId', 'teamId');
    await queryRunner.renameColumn('member', 'handle', 'nick');
  }
};

exports.Change1700000000004 = class Change1700000000004 {
  async up(queryRunner) {
    await queryRunner.changeColumn('member', 'handle', new TableColumn({ name: 'handle', type: 'character varying', isNullable: true }));
    await queryRunner.changeColumn('member', 'rank', new TableColumn({ name: 'rank', type: 'bigint', default: 1 }));
    const table = await queryRunner.getTable('member');
    const status = table.findColumnByName('status');
    const wider = status.clone();
    wider.enum = ['new', 'old', 'gone'];
    await queryRunner.changeColumn(table, status, wider);
    const price = (await queryRunner.getTable('member')).columns.find((column) => column.name === 'price').clone();
    price.precision = 12;
    price.isNullable = true;
    price.comment = "it's much";
    await queryRunner.changeColumn('member', 'price', price);
    await queryRunner.changeColumns('member', [{
      oldColumn: (await queryRunner.getTable('member')).findColumnByName('level'),
      newColumn: new TableColumn({ name: 'grade', type: 'enum', enum: ['a', 'b'], isNullable: true }),
    }]);
    await queryRunner.changeColumn('member', 'remark', new TableColumn({ name: 'remark', type: 'text', isUnique: true, default: "'none'" }));
    await queryRunner.changeColumn('team', 'plain', new TableColumn({ name: 'plain', type: 'integer', isGenerated: true, generationStrategy: 'increment' }));
  }

  async down(queryRunner) {
    await queryRunner.changeColumn('team', 'plain', new TableColumn({ name: 'plain', type: 'integer', isNullable: true }));
    await queryRunner.changeColumn('member', 'remark', new TableColumn({ name: 'remark', type: 'text', isNullable: true }));
    await queryRunner.changeColumn('member', 'grade', new TableColumn({ name: 'level', type: 'enum', enum: ['a', 'b'], default: "'a'" }));
    await queryRunner.changeColumn('member', 'price', new TableColumn({ name: 'price', type: 'numeric', precision: 10, scale: 2 }));
    await queryRunner.changeColumn('member', 'rank', new TableColumn({ name: 'rank', type: 'integer', default: 0 }));
    const table = await queryRunner.getTable('member');
    if (table.uniques.length === 0) throw new Error('no unique');
  }
};
