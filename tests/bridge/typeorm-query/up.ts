import { MigrationInterface, QueryRunner } from 'typeorm';

interface Author {
  id: number;
  name: string | null;
}

const slugify = (text: string): string => text.toLowerCase().split(' ').join('-');

async function touch(queryRunner: QueryRunner, id: number): Promise<number> {
  const [, count] = await queryRunner.query(`UPDATE "authors" SET "place" = $1::int + $1::int WHERE "id" = $2 AND '$1' <> '?'`, [id, id]);
  return count;
}

export class Carried1700000000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    // carried
    const authors: Author[] = await queryRunner.query('SELECT "id", "name" FROM "authors" ORDER BY "id"');
    let touched = 0;
    for (const author of authors as Author[]) {
      if (author.name === null) continue;
      await queryRunner.query('UPDATE "authors" SET "slug" = $2 WHERE "id" = $1', [author.id, slugify(author.name!)]);
      touched += await touch(queryRunner, author.id);
      const inserted = await queryRunner.query(`INSERT INTO "books" ("title", "author_id") VALUES ($1, $2) RETURNING "id", 'a?b' AS "mark"`, [`${author.name} $2 ?`, author.id]);
      await queryRunner.query(`UPDATE "books" SET "place" = ${inserted[0].id} WHERE "id" = ${inserted[0].id} AND 'a?b' = '${inserted[0].mark}'`);
    }
    const [{ n }] = await queryRunner.query(`SELECT count(*)::int AS n FROM "authors" WHERE "meta" ? 'a' AND "name" NOT LIKE '?'`);
    const [gone, count] = await queryRunner.query('DELETE FROM "books" WHERE "author_id" = $1 RETURNING "title"', [2]);
    await queryRunner.manager.query('INSERT INTO "books" ("title", "place") VALUES ($1, $2), ($3, $2)', [`${n}/${touched}/${count}`, null, (gone as { title: string }[]).map(({ title }) => title).join()]);
    await Promise.all(authors.map(async ({ id, name }: Author, at: number) => {
      await queryRunner.query('UPDATE "authors" SET "tags" = $1, "meta" = $2 WHERE "id" = $3', [[name, `${at}`], { at }, id]);
    }));
    // end
  }

  public async down(): Promise<void> {}
}
