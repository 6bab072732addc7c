import * as typeorm from 'typeorm';

export class TablesGo1725180002000 implements typeorm.MigrationInterface {
  name = 'TablesGo1725180002000';

  async up(queryRunner: typeorm.QueryRunner) {
    await queryRunner.dropTable('shop');
    await queryRunner.dropTable('country', true, true, true);
  }

  async down(queryRunner: typeorm.QueryRunner) {}
}
