exports.up = (knex) =>
  knex.raw(`alter table read alter twice type bigint;`);

exports.down = async () => {};
