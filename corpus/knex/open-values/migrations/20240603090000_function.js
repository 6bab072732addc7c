const key = process.env.KINDS_KEY || 'kinds.who';

exports.up = async (knex) => {
  await knex.raw(`CREATE FUNCTION who() RETURNS text LANGUAGE sql AS $body$ SELECT current_setting('${key}', true) $body$`);
  await knex.raw(`COMMENT ON TABLE kinds IS 'see ${key}'`);
};

exports.down = async (knex) => {
  await knex.raw('DROP FUNCTION who()');
  await knex.raw('COMMENT ON TABLE kinds IS NULL');
};
