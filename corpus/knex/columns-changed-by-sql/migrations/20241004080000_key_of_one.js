exports.up = (knex) =>
  knex.raw(`alter table users alter id type bigint;`);

exports.down = async () => {};
