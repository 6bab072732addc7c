exports.up = async function (knex) {
  await knex.schema.alterTable('users', function (t) {
    t.text('visits').nullable().alter();
    t.decimal('price', 12, 4).alter();
    t.boolean('active').alter();
    t.text('note').unique();
    t.integer('score').alter({ alterNullable: false });
  });
  await knex.schema.alterTable('visits', (t) => {
    t.dropUnique([], 'visits_in_a_row');
    t.string('number', 40).alter();
  });
};

exports.down = () => Promise.resolve();
