import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class People1642700000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'person',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'mail', type: 'varchar', isUnique: true },
          { name: 'name', type: 'varchar' },
          { name: 'mood', type: 'enum', enum: ['good', 'bad'], isNullable: true },
          { name: 'bossId', type: 'int', isNullable: true },
        ],
        indices: [{ columnNames: ['name'] }, { name: 'person_mood', columnNames: ['mood'] }],
        foreignKeys: [{ columnNames: ['bossId'], referencedTableName: 'person', referencedColumnNames: ['id'] }],
      }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('person');
    await queryRunner.query('DROP TYPE "person_mood_enum"');
  }
}
