exports.up = (knex) =>
  knex.raw(`alter table pairs alter a type bigint, alter b set default 2;`);

exports.down = async () => {};
