// The usual way to change the values of a check: drop it and make it anew.
exports.up = async (knex) => {
  await knex.raw('ALTER TABLE tickets DROP CONSTRAINT IF EXISTS tickets_origin_check');
  await knex.raw(
    `ALTER TABLE tickets ADD CONSTRAINT tickets_origin_check CHECK (origin = ANY (ARRAY['mail'::text, 'phone'::text, 'web'::text, 'chat'::text]))`
  );
};

exports.down = async (knex) => {
  await knex.raw('ALTER TABLE tickets DROP CONSTRAINT tickets_origin_check');
  await knex.raw(
    `ALTER TABLE tickets ADD CONSTRAINT tickets_origin_check CHECK (origin = ANY (ARRAY['mail'::text, 'phone'::text, 'web'::text]))`
  );
};
