// Tables as createTable makes them, with all that can hang on them; renaming and dropping them.
const { Table, TableIndex, TableForeignKey, TableColumn } = require('typeorm');

exports.Create1700000000001 = class Create1700000000001 {
  async up(queryRunner) {
    await queryRunner.createTable(new Table({
      name: 'user',
      columns: [
        { name: 'id', type: 'uuid', isPrimary: true, generationStrategy: 'uuid', isGenerated: true },
        { name: 'email', type: 'varchar', length: '255', isUnique: true },
        { name: 'nick', type: 'varchar', length: 100, isNullable: true, collation: 'C' },
        { name: 'role', type: 'enum', enum: ['admin', "o'wner", 'guest'], default: "'guest'" },
        { name: 'mood', type: 'enum', enum: ['ok', 'sad'], enumName: 'mood_enum', isNullable: true },
        { name: 'amount', type: 'decimal', precision: 10, scale: 2, default: 0 },
        { name: 'rate', type: 'numeric', precision: 5 },
        { name: 'tags', type: 'text', isArray: true, default: "'{}'" },
        { name: 'data', type: 'jsonb', default: "'{}'" },
        { name: 'active', type: 'boolean', default: true, comment: "it's on" },
        { name: 'createdAt', type: 'timestamp with time zone', default: 'now()' },
        { name: 'seen', type: 'timestamp', precision: 3, isNullable: true },
        { name: 'at', type: 'time without time zone', isNullable: true },
        { name: 'up', type: 'varchar', asExpression: "upper(email)", generatedType: 'STORED', isNullable: true },
      ],
      uniques: [{ columnNames: ['nick', 'email'] }, { name: 'uq_named', columnNames: ['rate'], deferrable: 'INITIALLY DEFERRED' }],
      checks: [{ expression: 'amount >= 0' }, { name: 'rate_ok', expression: '"rate" < 100' }],
      indices: [{ columnNames: ['nick'] }, { columnNames: ['createdAt', 'active'], isUnique: true, where: '"active"' }],
      comment: 'people',
    }), true);
    await queryRunner.createTable(new Table({
      name: 'post',
      columns: [
        { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
        { name: 'authorId', type: 'uuid' },
        { name: 'big', type: 'bigint', isGenerated: true, generationStrategy: 'identity', generatedIdentity: 'ALWAYS' },
        { name: 'during', type: 'tstzrange', isNullable: true },
      ],
      foreignKeys: [{ columnNames: ['authorId'], referencedTableName: 'user', referencedColumnNames: ['id'], onDelete: 'CASCADE', onUpdate: 'NO ACTION' }],
      exclusions: [{ expression: 'USING gist (during WITH &&)' }],
      indices: [new TableIndex({ name: 'by_author', columnNames: ['authorId'] })],
    }));
    await queryRunner.createTable(new Table({
      name: 'bare', columns: [{ name: 'a', type: 'int', isPrimary: true }, { name: 'b', type: 'int', isPrimary: true }],
      foreignKeys: [{ columnNames: ['a'], referencedTableName: 'post', referencedColumnNames: ['id'] }],
      indices: [{ columnNames: ['b'] }],
    }), false, false, false);
    await queryRunner.createForeignKey('bare', new TableForeignKey({ columnNames: ['b'], referencedTableName: 'public.post', referencedColumnNames: ['id'], deferrable: 'INITIALLY IMMEDIATE' }));
  }

  async down(queryRunner) {
    await queryRunner.dropTable('bare');
    await queryRunner.dropTable(new Table({ name: 'post' }));
    await queryRunner.dropTable('user', true);
    await queryRunner.dropTable('never', true);
  }
};

exports.Rename1700000000002 = class Rename1700000000002 {
  async up(queryRunner) {
    await queryRunner.renameTable('post', 'article');
    await queryRunner.renameTable('user', 'person');
    await queryRunner.createSchema('app', true);
    await queryRunner.createTable(new Table({ name: 'app.thing', columns: [
      { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
      { name: 'kind', type: 'enum', enum: ['a', 'b'] },
    ], indices: [{ columnNames: ['kind'] }] }));
    await queryRunner.createTable(new Table({ schema: 'app', name: 'other', columns: [{ name: 'thingId', type: 'integer' }],
      foreignKeys: [{ columnNames: ['thingId'], referencedTableName: 'thing', referencedColumnNames: ['id'] }] }));
    await queryRunner.addColumn('app.thing', new TableColumn({ name: 'extra', type: 'text', isNullable: true }));
    await queryRunner.renameTable('app.thing', 'item');
    await queryRunner.changeTableComment('app.item', 'things');
    await queryRunner.clearTable('app.other');
  }

  async down(queryRunner) {
    await queryRunner.changeTableComment('app.item', undefined);
    await queryRunner.dropTable('app.other');
    await queryRunner.dropTable('app.item');
    await queryRunner.query('DROP TYPE app.item_kind_enum');
    await queryRunner.dropSchema('app', true, true);
    await queryRunner.renameTable('person', 'user');
    await queryRunner.renameTable('article', 'post');
  }
};
