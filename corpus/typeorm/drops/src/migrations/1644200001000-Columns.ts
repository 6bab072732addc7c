import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

// The down forgets the index, the check and the key that went with the columns.
export class Columns1644200001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('boat', 'length');
    await queryRunner.dropColumns('boat', ['ownerId', 'kind']);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns('boat', [
      new TableColumn({ name: 'kind', type: 'enum', enum: ['sail', 'motor'], default: "'sail'" }),
      new TableColumn({ name: 'ownerId', type: 'int', isNullable: true }),
      new TableColumn({ name: 'length', type: 'int', default: 4 }),
    ]);
  }
}
