import type { Knex } from 'knex';
import { isPostgres } from '../lib/schema';

export async function up(knex: Knex): Promise<void> {
  if (!isPostgres(knex)) {
    await knex.schema.alterTable('posts', (table) => table.index(['title'], 'posts_title_search'));
    return;
  }
  await knex.schema.alterTable('posts', (table) => {
    table.specificType('search', 'tsvector');
    table.index('search', 'posts_search', { indexType: 'GIN' });
  });
  await knex.raw(`
    CREATE FUNCTION posts_search_fill() RETURNS trigger AS $body$
    BEGIN
      NEW.search :=
        setweight(to_tsvector('english', coalesce(NEW.title, '')), 'A') ||
        setweight(to_tsvector('english', coalesce(NEW.body, '')), 'B');
      RETURN NEW;
    END;
    $body$ LANGUAGE plpgsql;

    CREATE TRIGGER posts_search_filled BEFORE INSERT OR UPDATE OF title, body ON posts
      FOR EACH ROW EXECUTE FUNCTION posts_search_fill();
  `);
  await knex.raw('UPDATE posts SET title = title');
}

export async function down(knex: Knex): Promise<void> {
  if (!isPostgres(knex)) {
    await knex.schema.alterTable('posts', (table) => table.dropIndex(['title'], 'posts_title_search'));
    return;
  }
  await knex.raw('DROP TRIGGER posts_search_filled ON posts');
  await knex.raw('DROP FUNCTION posts_search_fill()');
  await knex.schema.alterTable('posts', (table) => {
    table.dropColumn('search');
  });
}
