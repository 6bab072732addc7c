import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class Settings1643900000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'setting',
        comment: "one row an owner's",
        columns: [
          { name: 'id', type: 'uuid', isPrimary: true, isGenerated: true, generationStrategy: 'uuid' },
          { name: 'title', type: 'varchar', default: "'untitled'" },
          { name: 'quoted', type: 'varchar', default: "'it''s \"so\"'" },
          { name: 'empty', type: 'varchar', default: "''" },
          { name: 'nothing', type: 'varchar', isNullable: true, default: null },
          { name: 'tries', type: 'int', default: 0 },
          { name: 'offset', type: 'int', default: '-1' },
          { name: 'rate', type: 'numeric', precision: 5, scale: 2, default: 1.25 },
          { name: 'active', type: 'boolean', default: true },
          { name: 'hidden', type: 'boolean', default: 'false' },
          { name: 'extra', type: 'jsonb', default: "'{}'" },
          { name: 'tags', type: 'text', isArray: true, default: "'{}'" },
          { name: 'createdAt', type: 'timestamp', default: 'now()' },
          { name: 'updatedAt', type: 'timestamptz', default: 'CURRENT_TIMESTAMP' },
          { name: 'token', type: 'uuid', default: 'gen_random_uuid()', comment: "not the owner's" },
        ],
      }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('setting');
  }
}
