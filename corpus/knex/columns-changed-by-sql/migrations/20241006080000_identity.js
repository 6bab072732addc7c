exports.up = (knex) =>
  knex.raw(`alter table numbered alter id type bigint;`);

exports.down = async () => {};
