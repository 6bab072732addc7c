exports.up = async (knex) => {
  await knex.raw('create table x (a int)');
  await knex.raw('a ? ?? ?', [1, 'b.c', 'd']);
  await knex.raw('a = :a and :b: = :c and d::text = :a::text and \\:e', { a: 'x', b: 'col.umn', c: null });
  await knex.raw("data \\? 'key' and ?? @> ?", ['data', { a: 1 }]);
  await knex.raw('any(?)', [[1, 2]]);
  await knex.raw('?', 'one');
  await knex.raw("insert into t values ('really?')");
  await knex.raw('select ? from ??', [knex.raw('now() - ?::interval', ['1 day']), ['a', 'b']]);
  await knex.raw('?', [knex('t').select('a').where('b', 1)]);
  await knex.raw('a').wrap('(', ')');
  await knex.raw('update t set a = ?', [new Date(1709210096789)]);
  await knex.raw(`do $$ begin raise notice '%', 1; end $$`).then(() => knex.raw('after'));
  await knex.schema.raw('x ?', [true]);
  await Promise.all([knex.raw('one'), knex.raw('two')]);
};
