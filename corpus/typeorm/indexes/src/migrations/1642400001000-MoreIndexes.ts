import { MigrationInterface, QueryRunner, TableIndex } from 'typeorm';

export class MoreIndexes1642400001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createIndices('book', [
      new TableIndex({ name: 'recent_books', columnNames: ['title'], where: 'year > 2000' }),
      new TableIndex({ columnNames: ['author'], where: '"author" IS NOT NULL' }),
      new TableIndex({ name: 'book_spot', columnNames: ['spot'], isSpatial: true }),
      new TableIndex({ name: 'book_title_year', columnNames: ['title', 'year'], isUnique: true }),
    ]);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('book', 'book_title_year');
    await queryRunner.dropIndex('book', 'book_spot');
    await queryRunner.dropIndex('book', new TableIndex({ columnNames: ['author'], where: '"author" IS NOT NULL' }));
    await queryRunner.dropIndex('book', 'recent_books');
  }
}
