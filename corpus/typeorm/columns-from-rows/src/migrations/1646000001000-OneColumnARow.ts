import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class OneColumnARow1646000001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const fields: { name: string }[] = await queryRunner.query('SELECT "name" FROM "field"');
    await queryRunner.addColumns(
      'box',
      fields.map(({ name }) => new TableColumn({ name, type: 'int', isNullable: true })),
    );
  }

  public async down(): Promise<void> {}
}
