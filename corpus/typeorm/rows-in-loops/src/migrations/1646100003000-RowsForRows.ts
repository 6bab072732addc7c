import { MigrationInterface, QueryRunner } from 'typeorm';

export class RowsForRows1646100003000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const authors = await queryRunner.query('SELECT "name" FROM "author"');
    for (const author of authors) {
      await queryRunner.query(`INSERT INTO "author" ("name") VALUES ($1)`, [`${author.name} II`]);
    }
  }

  public async down(): Promise<void> {}
}
