import { MigrationInterface, QueryRunner } from 'typeorm';

const slugify = (text: string) => text.toLowerCase().split(' ').join('-');

export class AColumnFilled1646100001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "author" ADD "slug" text');
    const authors: { id: number; name: string }[] = await queryRunner.query('SELECT "id", "name" FROM "author"');
    for (const author of authors) {
      await queryRunner.query('UPDATE "author" SET "slug" = $1 WHERE "id" = $2', [slugify(author.name), author.id]);
    }
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "author" DROP COLUMN "slug"');
  }
}
