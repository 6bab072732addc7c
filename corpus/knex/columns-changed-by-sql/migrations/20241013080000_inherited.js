exports.up = (knex) =>
  knex.raw(`alter table part alter v set default 9;`);

exports.down = async () => {};
