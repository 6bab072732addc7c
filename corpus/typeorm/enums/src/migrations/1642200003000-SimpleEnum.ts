import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class SimpleEnum1642200003000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'note',
        columns: [
          { name: 'id', type: 'int', isPrimary: true },
          { name: 'colour', type: 'simple-enum', enum: ['red', 'green'], isNullable: true },
        ],
      }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('note');
    await queryRunner.query('DROP TYPE "note_colour_enum"');
  }
}
