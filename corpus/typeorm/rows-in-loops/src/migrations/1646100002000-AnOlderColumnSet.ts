import { MigrationInterface, QueryRunner } from 'typeorm';

export class AnOlderColumnSet1646100002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const authors = await queryRunner.query('SELECT "id" FROM "author" ORDER BY "id"');
    let place = 0;
    await Promise.all(
      authors.map(async ({ id }: { id: number }) => {
        place++;
        await queryRunner.query('UPDATE "author" SET "place" = $1 WHERE "id" = $2', [place, id]);
      }),
    );
  }

  public async down(): Promise<void> {}
}
