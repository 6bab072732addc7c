exports.up = (knex) =>
  knex.raw(`alter table a alter d set default 'x', alter d set not null;`);

exports.down = async () => {};
