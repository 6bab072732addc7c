exports.up = (knex) =>
  knex.raw(`alter table read alter s set default 2;`);

exports.down = async () => {};
