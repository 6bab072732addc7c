exports.up = (knex) =>
  knex.raw(`alter table base alter x type bigint;`);

exports.down = async () => {};
