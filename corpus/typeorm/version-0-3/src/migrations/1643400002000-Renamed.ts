import { MigrationInterface, QueryRunner } from 'typeorm';

export class Renamed1643400002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.renameColumn('stock', 'größe', 'size');
    await queryRunner.renameTable('shelf', 'rack');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.renameTable('rack', 'shelf');
    await queryRunner.renameColumn('stock', 'size', 'größe');
  }
}
