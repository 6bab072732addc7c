exports.up = function (knex) {
  return knex.schema.table('people', function (table) {
    table.renameColumn('mail', 'email');
    table.renameColumn('fullName', 'full_name');
    table.renameColumn('mood', 'temper');
  });
};

exports.down = function (knex) {
  return knex.schema.table('people', function (table) {
    table.renameColumn('temper', 'mood');
    table.renameColumn('full_name', 'fullName');
    table.renameColumn('email', 'mail');
  });
};
