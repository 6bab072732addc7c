exports.up = (knex) =>
  knex.raw(`alter table parted alter k set default 5;`);

exports.down = async () => {};
