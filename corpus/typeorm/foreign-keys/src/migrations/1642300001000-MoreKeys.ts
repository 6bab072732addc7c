import { MigrationInterface, QueryRunner, TableColumn, TableForeignKey } from 'typeorm';

const byName = new TableForeignKey({
  columnNames: ['country', 'cityName'],
  referencedTableName: 'city',
  referencedColumnNames: ['country', 'name'],
  onDelete: 'SET NULL',
  deferrable: 'INITIALLY DEFERRED',
});

export class MoreKeys1642300001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createForeignKey('street', byName);
    await queryRunner.addColumn('street', new TableColumn({ name: 'formerCityId', type: 'int', isNullable: true }));
    await queryRunner.addColumn('street', new TableColumn({ name: 'nextCityId', type: 'int', isNullable: true }));
    await queryRunner.createForeignKeys('street', [
      new TableForeignKey({
        columnNames: ['formerCityId'],
        referencedTableName: 'city',
        referencedColumnNames: ['id'],
        onDelete: 'RESTRICT',
      }),
      new TableForeignKey({
        name: 'next_city',
        columnNames: ['nextCityId'],
        referencedTableName: 'public.city',
        referencedColumnNames: ['id'],
        onUpdate: 'NO ACTION',
      }),
    ]);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    const table = await queryRunner.getTable('street');
    const former = table!.foreignKeys.find((key) => key.columnNames.indexOf('formerCityId') !== -1);
    await queryRunner.dropForeignKey('street', former!);
    await queryRunner.dropForeignKey('street', 'next_city');
    await queryRunner.dropColumn('street', 'nextCityId');
    await queryRunner.dropColumn('street', 'formerCityId');
    await queryRunner.dropForeignKey('street', byName);
  }
}
