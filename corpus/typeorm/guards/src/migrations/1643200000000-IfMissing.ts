import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class IfMissing1643200000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    if (!(await queryRunner.hasTable('account'))) {
      await queryRunner.createTable(
        new Table({
          name: 'account',
          columns: [
            { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
            { name: 'name', type: 'varchar', isNullable: true },
          ],
        }),
      );
    }
    await queryRunner.createTable(new Table({ name: 'account', columns: [{ name: 'other', type: 'int' }] }), true);
    if (!(await queryRunner.hasSchema('archive'))) {
      await queryRunner.createSchema('archive');
    }
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropSchema('archive', true);
    await queryRunner.dropTable('nothing', true);
    await queryRunner.dropTable('account', true);
  }
}
