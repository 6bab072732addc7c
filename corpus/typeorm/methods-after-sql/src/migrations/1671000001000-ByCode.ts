import { MigrationInterface, QueryRunner } from 'typeorm';

export class ByCode1671000001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE hook DROP COLUMN locker');
    await queryRunner.dropPrimaryKey('locker');
    await queryRunner.dropColumn('locker', 'id');
    await queryRunner.createPrimaryKey('locker', ['code'], 'locker_code');
  }
}
