import { MigrationInterface, QueryRunner, TableColumn, TableIndex } from 'typeorm';

export class FullTextSearch1706882400000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    if (queryRunner.dataSource.options.type !== 'postgres') {
      await queryRunner.createIndex('post', new TableIndex({ name: 'post_title_search', columnNames: ['title'] }));
      return;
    }
    await queryRunner.addColumn('post', new TableColumn({ name: 'search', type: 'tsvector', isNullable: true }));
    await queryRunner.query('CREATE INDEX "post_search" ON "post" USING gin ("search")');
    await queryRunner.query(`
      CREATE FUNCTION post_search_fill() RETURNS trigger AS $body$
      BEGIN
        NEW.search :=
          setweight(to_tsvector('english', coalesce(NEW.title, '')), 'A') ||
          setweight(to_tsvector('english', coalesce(NEW.body, '')), 'B');
        RETURN NEW;
      END;
      $body$ LANGUAGE plpgsql
    `);
    await queryRunner.query(`
      CREATE TRIGGER post_search_filled BEFORE INSERT OR UPDATE OF title, body ON "post"
        FOR EACH ROW EXECUTE FUNCTION post_search_fill()
    `);
    await queryRunner.query('UPDATE "post" SET "title" = "title"');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    if (queryRunner.dataSource.options.type !== 'postgres') {
      await queryRunner.dropIndex('post', 'post_title_search');
      return;
    }
    await queryRunner.query('DROP TRIGGER post_search_filled ON "post"');
    await queryRunner.query('DROP FUNCTION post_search_fill()');
    await queryRunner.dropColumn('post', 'search');
  }
}
