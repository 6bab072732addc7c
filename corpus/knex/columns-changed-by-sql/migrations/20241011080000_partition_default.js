exports.up = (knex) =>
  knex.raw(`alter table parted alter v set not null;`);

exports.down = async () => {};
