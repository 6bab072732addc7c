const TABLE = 'measures';

exports.up = async (knex) => {
  await knex.raw('ALTER TABLE ?? ADD COLUMN ?? integer', [TABLE, 'takenBy']);
  await knex.raw('INSERT INTO ?? (unit, amount) VALUES (?, ?), (?, ?)', [TABLE, 'kg', 1.5, "d'oh", 3]);
  await knex.raw('UPDATE :table: SET unit = :to WHERE unit = :from', { table: TABLE, from: 'kg', to: 'g' });
  await knex.raw('ALTER TABLE ?? ALTER COLUMN unit SET DEFAULT \'cm\'', TABLE);
  await knex.schema.raw('CREATE INDEX measures_with_key ON measures ((details \\? \'key\'))');
  await knex.raw('ALTER TABLE public.?? ADD CONSTRAINT ?? UNIQUE (??, ??)', [TABLE, 'unit_and_taker', 'unit', 'takenBy']);
};

exports.down = async (knex) => {
  await knex.raw('ALTER TABLE ?? DROP CONSTRAINT ??', [TABLE, 'unit_and_taker']);
  await knex.schema.raw('DROP INDEX measures_with_key');
  await knex.raw(`ALTER TABLE ?? ALTER COLUMN unit SET DEFAULT 'm'`, [TABLE]);
  await knex.raw('DELETE FROM measures');
  await knex.raw('ALTER TABLE ?? DROP COLUMN ??', [TABLE, 'takenBy']);
};
