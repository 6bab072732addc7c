import { MigrationInterface, QueryRunner } from 'typeorm';

export class Schemas1643000000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createSchema('sales', true);
    await queryRunner.createSchema('stock');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropSchema('stock');
    await queryRunner.dropSchema('sales', true, true);
  }
}
