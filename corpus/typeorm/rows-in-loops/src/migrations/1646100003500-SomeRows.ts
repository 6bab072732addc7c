import { MigrationInterface, QueryRunner } from 'typeorm';

export class SomeRows1646100003500 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const authors: { id: number; name: string; place: number | null }[] = await queryRunner.query('SELECT * FROM "author"');
    for (const author of authors) {
      if (author.place === null) {
        await queryRunner.query(`UPDATE "author" SET "place" = ${author.id} WHERE "id" = ${author.id}`);
        continue;
      }
      await queryRunner.query(`UPDATE "author" SET "name" = '${author.name}!' WHERE "id" = ${author.id}`);
    }
  }

  public async down(): Promise<void> {}
}
