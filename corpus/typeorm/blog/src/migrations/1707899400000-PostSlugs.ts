import { MigrationInterface, QueryRunner, TableColumn, TableUnique } from 'typeorm';
import { slugify } from './helpers/slug';

const BATCH = 500;

export class PostSlugs1707899400000 implements MigrationInterface {
  transaction = true;

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn('post', new TableColumn({ name: 'slug', type: 'varchar', length: '220', isNullable: true }));

    let last = 0;
    for (;;) {
      const posts: { id: number; title: string }[] = await queryRunner.query(
        'SELECT "id", "title" FROM "post" WHERE "id" > $1 ORDER BY "id" LIMIT $2',
        [last, BATCH],
      );
      for (const post of posts) {
        await queryRunner.query('UPDATE "post" SET "slug" = $1 WHERE "id" = $2', [`${slugify(post.title)}-${post.id}`, post.id]);
        last = post.id;
      }
      if (posts.length < BATCH) break;
    }

    await queryRunner.query('ALTER TABLE "post" ALTER COLUMN "slug" SET NOT NULL');
    await queryRunner.createUniqueConstraint('post', new TableUnique({ columnNames: ['slug'] }));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('post', 'slug');
  }
}
