exports.up = async (knex) => {
  await knex.schema.alterTable('users', (t) => {
    t.string('nick', 20).notNullable().defaultTo('x').unique();
    t.integer('team').references('id').inTable('teams').onDelete('cascade');
    t.string('name', 50).notNullable().defaultTo('none').alter();
    t.text('bio').alter({ alterNullable: false });
    t.integer('age').nullable().alter({ alterType: false });
    t.enu('state', ['a', 'b']).alter();
    t.enu('kind', ['a', 'b'], { useNative: true, enumName: 'new_kinds' }).alter();
    t.string('code').checkPositive().checkNegative('named').comment('changed').alter();
    t.renameColumn('old', 'new');
    t.dropColumn('gone');
    t.dropColumns('one', 'two');
    t.dropColumns(['three', 'four']);
    t.dropTimestamps();
    t.dropTimestamps(true);
    t.setNullable('free');
    t.dropNullable('bound');
    t.dropIndex(['a', 'b']);
    t.dropIndex(null, 'named_index');
    t.dropIndex('a');
    t.dropUnique(['a']);
    t.dropUnique(null, 'named_unique');
    t.dropUniqueIfExists(['a']);
    t.dropForeign('team');
    t.dropForeign(['a', 'b'], 'named_foreign');
    t.dropForeignIfExists('team');
    t.dropPrimary();
    t.dropPrimary('named_pk');
    t.dropPrimaryIfExists();
    t.dropChecks('c1', 'c2');
    t.dropChecks(['c3', 'c4']);
    t.check('?? > 1', ['a'], 'c5');
    t.primary(['id', 'team']);
    t.primary('id', 'pk_named');
    t.unique(['x', 'y']);
    t.index(['x'], 'x_index', { storageEngineIndexType: 'gist' });
    t.foreign('z').references('id').inTable('zs').onUpdate('RESTRICT');
    t.comment("what's this");
    t.timestamps(false, true);
  });
  await knex.schema.withSchema('app').table('things', (t) => {
    t.dropIndex('z');
    t.dropForeign('u');
    t.dropUnique('z');
    t.string('w').index();
    t.setNullable('z');
  });
  await knex.schema
    .renameTable('a', 'b')
    .dropTable('c')
    .dropTableIfExists('d')
    .raw('select ?::int', [1])
    .withSchema('app')
    .dropTableIfExists('e');
  await knex.schema.createSchema('s').createSchemaIfNotExists('s').dropSchema('s', true).dropSchemaIfExists('s');
  await knex.schema.createExtension('e').createExtensionIfNotExists('uuid-ossp').dropExtension('e').dropExtensionIfExists('e');
};
