import { MigrationInterface, QueryRunner } from 'typeorm';

// What is written depends on rows.
export class RowsRead1643100003000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const levels: { id: number; name: string }[] = await queryRunner.query('SELECT "id", "name" FROM "level"');
    for (const level of levels) {
      await queryRunner.query('UPDATE "level" SET "label" = $1 WHERE "id" = $2', [level.name.toLowerCase(), level.id]);
    }
    await queryRunner.query('ALTER TABLE "level" ADD CONSTRAINT "one_label" UNIQUE ("label")');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "level" DROP CONSTRAINT "one_label"');
  }
}
