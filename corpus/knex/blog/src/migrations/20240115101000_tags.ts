import type { Knex } from 'knex';

const standard = ['news', 'how-to', 'opinion'];

export async function up(knex: Knex): Promise<void> {
  if (!(await knex.schema.hasTable('tags'))) {
    await knex.schema.createTable('tags', (table) => {
      table.increments();
      table.string('name', 50).notNullable().unique('tags_one_name');
    });
  }
  await knex.schema.createTable('posts_tags', (table) => {
    table.bigInteger('post_id').notNullable().references('posts.id').onDelete('CASCADE');
    table.integer('tag_id').notNullable().references('tags.id').onDelete('CASCADE');
    table.primary(['post_id', 'tag_id']);
  });
  await knex('tags').insert(standard.map((name) => ({ name })));
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('posts_tags');
  await knex.schema.dropTableIfExists('tags');
}
