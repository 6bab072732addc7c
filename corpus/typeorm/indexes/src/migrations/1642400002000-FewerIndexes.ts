import { MigrationInterface, QueryRunner, TableIndex } from 'typeorm';

export class FewerIndexes1642400002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const table = await queryRunner.getTable('book');
    const byYear = table.indices.find((index) => index.columnNames.join() === 'year');
    await queryRunner.dropIndex('book', byYear);
    await queryRunner.dropIndices(table, [new TableIndex({ name: 'book_author', columnNames: ['author'] })]);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createIndex('book', new TableIndex({ name: 'book_author', columnNames: ['author'] }));
    await queryRunner.createIndex('book', new TableIndex({ columnNames: ['year'] }));
  }
}
