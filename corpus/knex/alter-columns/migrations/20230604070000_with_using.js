exports.up = async (knex) => {
  await knex.raw('ALTER TABLE items ALTER COLUMN price TYPE numeric(10, 2) USING price::numeric');
  await knex.schema.raw('alter table "items" alter column "amount" drop default');
};

exports.down = async (knex) => {
  await knex.schema.raw('alter table "items" alter column "amount" set default \'0\'');
  await knex.raw('ALTER TABLE items ALTER COLUMN price TYPE varchar(255) USING price::varchar');
};
