// What changes and reads rows by TypeORM's own methods: the entity manager, repositories and query builders. A part of the
// shim, for the scripts that use them.
(function ($, host, core) {
  'use strict';
  const { query, sql, begin, end, later } = core;
  const { hole, resolved, start, create } = $;
  const { assign } = Object;

  // Builders of row statements: each method is noted; those that end one record it or give what only a database knows.
  const GETS = ['getOne', 'getOneOrFail', 'getMany', 'getRawOne', 'getRawMany', 'getCount', 'getExists', 'getRawAndEntities', 'getManyAndCount', 'stream'];
  const TEXTS = ['getQuery', 'getSql', 'getQueryAndParameters', 'getParameters', 'clone', 'escape'];
  const building = { special: create(null) };
  building.special.then = () => undefined;
  building.special.expressionMap = () => hole('queryBuilder.expressionMap');
  building.special.execute = (self) => () => { host.tell('queryBuilder.execute', [self.proxy]); return later('queryBuilder.execute()'); };
  for (const name of GETS) building.special[name] = () => () => later(`queryBuilder.${name}()`);
  for (const name of TEXTS) building.special[name] = () => () => hole(`queryBuilder.${name}()`);
  const builder = (...args) => start(building, 'createQueryBuilder', args);

  const FINDS = ['find', 'findBy', 'findAndCount', 'findAndCountBy', 'findByIds', 'findOne', 'findOneBy', 'findOneOrFail',
    'findOneByOrFail', 'findOneById', 'count', 'countBy', 'exists', 'existsBy', 'exist', 'sum', 'average', 'minimum', 'maximum', 'preload'];
  const finding = (owner, to) => {
    for (const name of FINDS) to[name] = () => later(`${owner}.${name}(…)`);
    return to;
  };
  const repository = (target) => {
    const members = finding('repository', create(null));
    for (const name of ['save', 'insert', 'update', 'delete', 'remove', 'upsert', 'softDelete', 'softRemove', 'restore', 'recover', 'clear', 'increment', 'decrement', 'updateAll', 'deleteAll']) {
      members[name] = (...args) => { host.tell(`manager.${name}`, [target, ...args]); return later(`repository.${name}(…)`); };
    }
    members.target = target;
    members.create = (x) => x || {};
    members.query = query;
    members.manager = manager;
    members.createQueryBuilder = (alias) => builder(target, alias);
    members.metadata = hole('repository.metadata');
    return $.object('repository', { special: members, given: (key) => later(`repository.${key}(…)`) });
  };
  const members = finding('manager', create(null));
  const manager = $.object('manager', { special: members, given: (key) => later(`manager.${key}(…)`) });
  const transaction = async (...args) => {
    await begin();
    const result = await args[args.length - 1](manager);
    await end('commitTransaction')();
    return result;
  };
  assign(members, {
    query, sql, transaction, createQueryBuilder: builder, getRepository: repository, getTreeRepository: repository,
    withRepository: repository, create: (target, x) => x || {}, release: () => resolved(),
  });
  return { builder, repository, manager, members };
})
