exports.config = { transaction: false };

exports.up = function (knex) {
  return knex.transaction(async (trx) => {
    await trx.schema.alterTable('events', (t) => {
      t.string('source').notNullable().defaultTo('unknown');
    });
    await trx('events').where({ kind: 'import' }).update({ source: 'file' });
    await knex.schema.transacting(trx).table('events', (t) => t.index('source'));
  });
};

exports.down = function (knex) {
  return knex.transaction((trx) =>
    trx.schema.alterTable('events', (t) => {
      t.dropColumn('source');
    })
  );
};
