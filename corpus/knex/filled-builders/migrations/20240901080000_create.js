exports.up = async (knex) => {
  await knex.schema.createTable('countries', (table) => {
    table.string('code', 2).primary();
    table.text('name').notNullable().unique();
  });
  await knex.schema.createTable('users', (table) => {
    table.uuid('id').primary().defaultTo(knex.raw('gen_random_uuid()'));
    table.string('email', 120).notNullable().unique();
    table.string('full name').defaultTo("it's me");
    table.enu('role', ['admin', 'reader'], { useNative: true, enumName: 'user_role' }).notNullable().defaultTo('reader');
    table.enu('state', ['new', 'old']).notNullable().defaultTo('new');
    table.boolean('active').notNullable().defaultTo(true);
    table.bigInteger('visits').notNullable().defaultTo(0);
    table.double('score').defaultTo(1.5);
    table.decimal('price', 10, 2).defaultTo(9.99);
    table.jsonb('settings').notNullable().defaultTo({ a: 1 });
    table.specificType('tags', 'text[]').notNullable().defaultTo(knex.raw("'{}'"));
    table.binary('picture');
    table.date('born');
    table.string('country_code', 2).references('code').inTable('countries').onDelete('SET NULL');
    table.timestamps(true, true);
    table.index(['country_code', 'born']);
    table.check('visits >= 0', [], 'visits_are_many');
  });
  await knex.schema.createTable('visits', (table) => {
    table.bigIncrements('id');
    table.uuid('user_id').notNullable().references('id').inTable('users').onUpdate('CASCADE').onDelete('CASCADE');
    table.string('country_code', 2).references('code').inTable('countries').withKeyName('visits_country');
    table.integer('number');
    table.unique(['user_id', 'number'], { indexName: 'visits_in_a_row' });
    table.comment('one row a visit');
  });
};

exports.down = () => Promise.resolve();
