exports.up = async function (knex) {
  await knex.schema.table('Books', (t) => {
    t.dropUnique('isbn');
    t.dropIndex('Title');
    t.dropIndex(['author', 'year']);
    t.dropUnique([], 'shelf_and_year');
    t.dropUnique(['publisher', 'Title']);
  });
};

exports.down = async function (knex) {
  await knex.schema.table('Books', (t) => {
    t.unique('isbn');
    t.index('Title');
    t.index(['author', 'year']);
    t.unique(['shelf', 'year'], 'shelf_and_year');
    t.unique(['publisher', 'Title']);
  });
};
