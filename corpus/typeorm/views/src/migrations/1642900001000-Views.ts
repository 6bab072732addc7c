import { MigrationInterface, QueryRunner, View } from 'typeorm';

export class Views1642900001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createView(new View({ name: 'big_sale', expression: 'SELECT "id", "shop" FROM "sale" WHERE "amount" > 1000' }));
    await queryRunner.createView(
      new View({ name: 'shop_total', materialized: true, expression: 'SELECT shop, sum(amount) AS total FROM sale GROUP BY shop' }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP MATERIALIZED VIEW "shop_total"');
    await queryRunner.query('DROP VIEW "big_sale"');
  }
}
