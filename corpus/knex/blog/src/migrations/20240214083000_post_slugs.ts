import type { Knex } from 'knex';
import { slugify } from '../lib/slug';

const BATCH = 500;

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('posts', (table) => {
    table.string('slug', 220);
  });

  await knex.transaction(async (trx) => {
    let last = 0;
    for (;;) {
      const posts: { id: number; title: string }[] = await trx('posts')
        .select('id', 'title')
        .where('id', '>', last)
        .orderBy('id')
        .limit(BATCH);
      if (posts.length === 0) break;
      for (const post of posts) {
        await trx('posts')
          .where({ id: post.id })
          .update({ slug: `${slugify(post.title)}-${post.id}` });
      }
      last = posts[posts.length - 1].id;
    }
  });

  await knex.schema.alterTable('posts', (table) => {
    table.string('slug', 220).notNullable().alter();
    table.unique(['slug']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('posts', (table) => {
    table.dropUnique(['slug']);
    table.dropColumn('slug');
  });
}
