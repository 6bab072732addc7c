exports.up = (knex) =>
  knex.raw(`alter table a alter c set default 'x';`);

exports.down = async () => {};
