import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class Columns1646100004000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const authors: { id: number }[] = await queryRunner.query('SELECT "id" FROM "author"');
    for (const { id } of authors) {
      await queryRunner.addColumn('author', new TableColumn({ name: `knows_${id}`, type: 'boolean', isNullable: true }));
    }
  }

  public async down(): Promise<void> {}
}
