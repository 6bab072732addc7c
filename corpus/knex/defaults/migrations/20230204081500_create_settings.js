/**
 * @param { import("knex").Knex } knex
 * @returns { Promise<void> }
 */
exports.up = function (knex) {
  return knex.schema.createTable('settings', function (table) {
    table.increments('id').primary();
    table.string('title').notNullable().defaultTo('untitled');
    table.string('quoted').defaultTo("it's \"so\"");
    table.string('backslash').defaultTo('a\\b');
    table.string('empty').defaultTo('');
    table.string('nothing').defaultTo(null);
    table.integer('tries').notNullable().defaultTo(0);
    table.integer('offset').defaultTo(-1);
    table.decimal('rate', 5, 2).defaultTo(1.25);
    table.float('weight').defaultTo(0.5);
    table.bigInteger('limit').defaultTo('9007199254740993');
    table.boolean('active').notNullable().defaultTo(true);
    table.boolean('hidden').defaultTo(false);
    table.json('options').defaultTo('{}');
    table.jsonb('extra').notNullable().defaultTo(JSON.stringify({ theme: 'dark', sizes: [1, 2] }));
    table.jsonb('list').defaultTo('[]');
    table.uuid('key').defaultTo(knex.raw('gen_random_uuid()'));
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('touched_at', { precision: 3 }).defaultTo(knex.fn.now(3));
    table.date('since').defaultTo('2020-01-01');
    table.specificType('tags', 'text[]').notNullable().defaultTo('{}');
    table.text('note').comment('what the owner says of it');
    table.comment('one row an owner');
  });
};

exports.down = function (knex) {
  return knex.schema.dropTable('settings');
};
