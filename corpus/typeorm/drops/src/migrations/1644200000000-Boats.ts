import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class Boats1644200000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'owner',
        columns: [
          { name: 'id', type: 'int', isPrimary: true },
          { name: 'phone', type: 'varchar', isUnique: true },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'boat',
        columns: [
          { name: 'id', type: 'int', isPrimary: true },
          { name: 'ownerId', type: 'int', isNullable: true },
          { name: 'name', type: 'varchar' },
          { name: 'length', type: 'int', default: 4 },
          { name: 'kind', type: 'enum', enum: ['sail', 'motor'], default: "'sail'" },
        ],
        foreignKeys: [{ columnNames: ['ownerId'], referencedTableName: 'owner', referencedColumnNames: ['id'] }],
        indices: [{ columnNames: ['ownerId'] }, { name: 'boat_name_length', columnNames: ['name', 'length'] }],
        checks: [{ name: 'long_enough', expression: '"length" > 1', columnNames: ['length'] }],
      }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('boat');
    await queryRunner.dropTable('owner');
    await queryRunner.query('DROP TYPE "boat_kind_enum"');
  }
}
