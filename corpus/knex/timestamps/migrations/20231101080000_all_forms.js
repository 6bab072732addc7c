exports.up = (knex) =>
  knex.schema
    .createTable('plain', (t) => {
      t.increments();
      t.timestamps();
    })
    .createTable('with_zone', (t) => {
      t.increments();
      t.timestamps(true);
    })
    .createTable('with_defaults', (t) => {
      t.increments();
      t.timestamps(true, true);
    })
    .createTable('without_zone', (t) => {
      t.increments();
      t.timestamps(false, true);
    })
    .createTable('in_camel_case', (t) => {
      t.increments();
      t.timestamps(true, true, true);
    })
    .createTable('by_object', (t) => {
      t.increments();
      t.timestamps({ useTimestamps: true, defaultToNow: true, useCamelCase: true });
    });

exports.down = (knex) =>
  knex.schema
    .dropTable('by_object')
    .dropTable('in_camel_case')
    .dropTable('without_zone')
    .dropTable('with_defaults')
    .dropTable('with_zone')
    .dropTable('plain');
