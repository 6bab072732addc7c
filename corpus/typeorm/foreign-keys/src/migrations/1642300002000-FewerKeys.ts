import { MigrationInterface, QueryRunner, TableForeignKey } from 'typeorm';

export class FewerKeys1642300002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const street = await queryRunner.getTable('street');
    const keys = street.foreignKeys.filter((key) => key.referencedTableName === 'city' && key.columnNames.includes('cityId'));
    await queryRunner.dropForeignKeys(street, keys);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createForeignKey(
      'street',
      new TableForeignKey({
        columnNames: ['cityId'],
        referencedTableName: 'city',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
        onUpdate: 'CASCADE',
      }),
    );
  }
}
