exports.config = { transaction: false };

exports.up = async (knex) => {
  await knex.raw('CREATE INDEX CONCURRENTLY events_by_at ON events (at)');
  await knex.raw('CREATE INDEX CONCURRENTLY events_by_source ON events (source, at)');
};

exports.down = async () => {};
