exports.up = function (knex) {
  return knex.schema.createTable('moments', (table) => {
    table.increments('moment_id', { primaryKey: false });
    table.date('day');
    table.time('hour');
    table.dateTime('happened');
    table.datetime('happened_plain', { useTz: false });
    table.datetime('happened_precise', { precision: 3 });
    table.timestamp('seen');
    table.timestamp('seen_plain', { useTz: false });
    table.timestamp('seen_precise', { useTz: true, precision: 6 });
    table.timestamp('seen_old_form', true);
    table.timestamp('seen_old_precise', true, 2);
    table.specificType('span', 'interval');
  });
};

exports.down = function (knex) {
  return knex.schema.dropTable('moments');
};
