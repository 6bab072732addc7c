exports.config = { transaction: false };

exports.up = async (knex) => {
  await knex.raw('CREATE INDEX CONCURRENTLY IF NOT EXISTS events_by_kind ON events (kind)');
  await knex.schema.raw('create unique index concurrently events_kind_at on events (kind, at)');
};

exports.down = async (knex) => {
  await knex.raw('DROP INDEX CONCURRENTLY IF EXISTS events_kind_at');
  await knex.raw('DROP INDEX CONCURRENTLY IF EXISTS events_by_kind');
};
