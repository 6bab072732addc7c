import { MigrationInterface, QueryRunner } from 'typeorm';

export class Moderators1710918000000 implements MigrationInterface {
  transaction = false;

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TYPE "user_role_enum" ADD VALUE IF NOT EXISTS 'moderator'`);
  }

  public async down(_queryRunner: QueryRunner): Promise<void> {
    // The role stays: PostgreSQL takes no value back.
  }
}
