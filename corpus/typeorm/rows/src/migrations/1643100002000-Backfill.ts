import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class Backfill1643100002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn('level', new TableColumn({ name: 'label', type: 'varchar', isNullable: true }));
    await queryRunner.query('UPDATE "level" SET "label" = upper("name")');
    await queryRunner.query('ALTER TABLE "level" ALTER COLUMN "label" SET NOT NULL');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('level', 'label');
  }
}
