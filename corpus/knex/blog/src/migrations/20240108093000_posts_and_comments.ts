import type { Knex } from 'knex';
import { keepUpdated, stamps } from '../lib/schema';

export async function up(knex: Knex): Promise<void> {
  await knex.schema
    .createTable('posts', (table) => {
      table.bigIncrements('id');
      table.uuid('author_id').notNullable().references('id').inTable('users').onDelete('CASCADE');
      table.string('title', 200).notNullable();
      table.text('body').notNullable().defaultTo('');
      table.enu('state', ['draft', 'published', 'hidden']).notNullable().defaultTo('draft');
      table.timestamp('published_at');
      stamps(knex, table);
      table.index(['author_id', 'published_at']);
    })
    .createTable('comments', (table) => {
      table.bigIncrements('id');
      table.bigInteger('post_id').notNullable().references('posts.id').onDelete('CASCADE').index();
      table.uuid('author_id').references('id').inTable('users').onDelete('SET NULL');
      table.bigInteger('parent_id').references('id').inTable('comments').onDelete('CASCADE');
      table.text('body').notNullable().checkLength('>', 0);
      stamps(knex, table);
    });

  for (const table of ['posts', 'comments']) {
    await keepUpdated(knex, table);
  }
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('comments').dropTable('posts');
}
