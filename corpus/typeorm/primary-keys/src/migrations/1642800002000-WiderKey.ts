import { MigrationInterface, QueryRunner } from 'typeorm';

export class WiderKey1642800002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const table = await queryRunner.getTable('visitor');
    await queryRunner.updatePrimaryKeys('visitor', table.columns.filter((column) => ['name', 'day'].includes(column.name)));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    const table = await queryRunner.getTable('visitor');
    await queryRunner.updatePrimaryKeys(
      'visitor',
      table.columns.filter((column) => column.name === 'name'),
    );
  }
}
