exports.up = (knex) =>
  knex.raw(`
    ALTER TABLE boxes ADD COLUMN label text;
    CREATE VIEW labels AS SELECT label FROM boxes;
  `);

exports.down = (knex) => knex.raw('ALTER TABLE boxes DROP COLUMN label; DROP VIEW labels');
