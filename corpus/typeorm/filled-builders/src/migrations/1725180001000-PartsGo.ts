import { MigrationInterface, QueryRunner, TableCheck, TableColumn, TableForeignKey, TableIndex, TableUnique } from 'typeorm';

export class PartsGo1725180001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('shop', 'open_shops');
    await queryRunner.dropCheckConstraint('shop', 'rated');
    await queryRunner.dropColumn('shop', 'kind');
    await queryRunner.dropColumn('shop', 'key');
    const table = await queryRunner.getTable('shop');
    const key = table!.foreignKeys.find((one) => one.columnNames.includes('country_code'));
    await queryRunner.dropForeignKey('shop', key!);
    await queryRunner.dropUniqueConstraint('shop', 'one_name_a_country');
    await queryRunner.renameColumn('shop', 'slogan', 'motto');
  }

  public async down(queryRunner: QueryRunner): Promise<void> {}
}
