import { MigrationInterface, QueryRunner } from 'typeorm';

export class OtherViews1642900002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE OR REPLACE VIEW "big_sale" AS SELECT "id", "shop", "amount" FROM "sale" WHERE "amount" > 1000`);
    await queryRunner.query('CREATE UNIQUE INDEX "shop_total_shop" ON "shop_total" ("shop")');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX "shop_total_shop"');
    await queryRunner.query('DROP VIEW "big_sale"');
    await queryRunner.query(`CREATE VIEW "big_sale" AS SELECT "id", "shop" FROM "sale" WHERE "amount" > 1000`);
  }
}
