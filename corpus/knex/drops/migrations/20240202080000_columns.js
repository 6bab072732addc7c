exports.up = (knex) =>
  knex.schema.alterTable('boats', (t) => {
    t.dropColumn('length');
    t.dropColumns('owner_id', 'harbour');
  });

// Forgets the index on owner_id.
exports.down = (knex) =>
  knex.schema.alterTable('boats', (t) => {
    t.string('harbour');
    t.integer('owner_id').references('id').inTable('owners');
    t.integer('length').defaultTo(4);
  });
