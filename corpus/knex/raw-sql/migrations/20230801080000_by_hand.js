exports.up = (knex) =>
  knex.raw(`
    CREATE TABLE measures (
      id serial PRIMARY KEY,
      unit text NOT NULL DEFAULT 'm',
      amount numeric(8, 2) CHECK (amount > 0),
      details jsonb
    );
    CREATE INDEX measures_by_unit ON measures (unit);
    COMMENT ON TABLE measures IS 'what; was measured';
  `);

exports.down = (knex) => knex.raw('DROP TABLE measures');
