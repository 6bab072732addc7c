import { MigrationInterface, QueryRunner, Table, TableIndex } from 'typeorm';

export class Books1642400000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'book',
        columns: [
          { name: 'id', type: 'int', isPrimary: true },
          { name: 'isbn', type: 'varchar', isUnique: true },
          { name: 'title', type: 'varchar' },
          { name: 'author', type: 'varchar', isNullable: true },
          { name: 'year', type: 'int', isNullable: true },
          { name: 'spot', type: 'point', isNullable: true },
        ],
        indices: [
          { columnNames: ['title'] },
          { name: 'book_author', columnNames: ['author'] },
          { columnNames: ['author', 'title'], isUnique: true },
        ],
      }),
      true,
    );
    await queryRunner.createIndex('book', new TableIndex({ columnNames: ['year'] }));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('book');
  }
}
