exports.up = async (knex) => {
  await knex.schema.createView('v', (view) => {
    view.columns(['a', 'b']);
    view.as(knex('t').select('a', 'b as c').where('a', '>', 3).andWhere({ b: "it's" }));
  });
  await knex.schema.createViewOrReplace('v', (view) => view.as(knex.select('*').from('t')));
  await knex.schema.createMaterializedView('mv', function (view) {
    view.as(knex('t as x').distinct('x.a', knex.raw('count(*) as n')).leftJoin('u', 'u.id', 'x.id').groupBy('x.a').orderBy('x.a', 'desc').limit(5).offset(2));
    view.checkOption();
  });
  await knex.schema.withSchema('app').createView('w', (v) => {
    v.as(knex.withSchema('app').from('t').select({ x: 'a.b', y: 'c' }).join('z', function () {
      this.on('z.id', '=', 't.id').andOn('z.a', 't.a').orOn(knex.raw('true')).onNotNull('z.q').onIn('z.r', [1, 2]).onVal('z.s', '>', 5);
    }));
    v.localCheckOption();
  });
  await knex.schema.createView('agg', (v) => v.as(
    knex('t').count('a').count('* as n').countDistinct('b').sum({ s: 'c' }).max('d as m').avg('e', { as: 'f' }).min('g').having('a', '>', 1).havingRaw('count(*) > ?', [2])
  ));
  await knex.schema.createView('sub', (v) => v.as(
    knex.with('w', knex('a').where('x', true)).select('*').from(knex('w').as('inner')).whereIn('id', knex('q').select('id')).orWhereExists(function () { this.select('*').from('r').whereRaw('r.id = t.id'); }).union([knex('z').select('id')], true).orderByRaw('1')
  ));
  await knex.schema.createView('more', (v) => v.as(
    knex('t').where((b) => b.where('a', 1).orWhere('b', null)).whereNot('c', 2).whereBetween('d', [1, 2]).whereNotIn('e', ['x', 'y']).whereIn(['f', 'g'], [[1, 2], [3, 4]]).whereNull('h').orWhereNotNull('i').whereLike('j', '%a').whereILike('k', 'b%').whereColumn('l', 'm').whereIn('n', []).where('o', 'in', [1]).where('p', 'is not', null).where(knex.raw('q = ?', ['r'])).where({ s: 1, t: null }).orWhere({ u: 1, v: 2 }).whereJsonObject('w', { a: 1 }).whereJsonSupersetOf('x', { b: 2 }).whereJsonPath('y', '$.a', '>', 5).or.where('z', 1)
  ));
  await knex.schema.alterView('v', (view) => { view.column('a').rename('b'); view.column('c').defaultTo(5); });
  await knex.schema.renameView('v', 'v2').refreshMaterializedView('mv').refreshMaterializedView('mv', true);
  await knex.schema.dropView('a').dropViewIfExists('b').dropMaterializedView('c').dropMaterializedViewIfExists('d');
};
