exports.up = (knex) =>
  knex.raw(`alter table base alter y set not null;`);

exports.down = async () => {};
