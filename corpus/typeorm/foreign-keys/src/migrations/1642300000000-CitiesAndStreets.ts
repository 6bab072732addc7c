import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class CitiesAndStreets1642300000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.createTable(
      new Table({
        name: 'city',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'country', type: 'varchar', length: '2' },
          { name: 'name', type: 'varchar' },
        ],
        uniques: [{ columnNames: ['country', 'name'] }],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'street',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'cityId', type: 'int' },
          { name: 'twinId', type: 'int', isNullable: true },
          { name: 'country', type: 'varchar', length: '2', isNullable: true },
          { name: 'cityName', type: 'varchar', isNullable: true },
        ],
        foreignKeys: [
          {
            columnNames: ['cityId'],
            referencedTableName: 'city',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
            onUpdate: 'CASCADE',
          },
          {
            name: 'street_twin',
            columnNames: ['twinId'],
            referencedTableName: 'street',
            referencedColumnNames: ['id'],
          },
        ],
      }),
      true,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.dropTable('street');
    await queryRunner.dropTable('city');
  }
}
