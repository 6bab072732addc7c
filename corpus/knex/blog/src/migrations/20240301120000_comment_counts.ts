import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  const there = await knex.schema.hasColumn('posts', 'comment_count');
  if (!there) {
    await knex.schema.alterTable('posts', (table) => {
      table.integer('comment_count').unsigned().notNullable().defaultTo(0);
    });
  }
  await knex.raw(`
    UPDATE posts SET comment_count = c.n
    FROM (SELECT post_id, count(*) AS n FROM comments GROUP BY post_id) c
    WHERE c.post_id = posts.id
  `);
  await knex.schema.createView('post_list', (view) => {
    view.as(
      knex('posts')
        .join('users', 'users.id', 'posts.author_id')
        .select('posts.id', 'posts.title', 'users.name as author', 'posts.comment_count')
        .where('posts.state', 'published'),
    );
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropView('post_list');
  await knex.schema.alterTable('posts', (table) => {
    table.dropColumn('comment_count');
  });
}
