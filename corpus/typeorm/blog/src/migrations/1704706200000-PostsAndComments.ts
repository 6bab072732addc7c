import { MigrationInterface, QueryRunner, Table, TableIndex } from 'typeorm';
import { id, stamps, to } from './helpers/columns';

export class PostsAndComments1704706200000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'post',
        columns: [
          id(),
          { name: 'authorId', type: 'bigint' },
          { name: 'title', type: 'varchar', length: '200' },
          { name: 'body', type: 'text', default: "''" },
          { name: 'state', type: 'enum', enum: ['draft', 'published', 'hidden'], enumName: 'post_state', default: "'draft'" },
          { name: 'publishedAt', type: 'timestamptz', isNullable: true },
          ...stamps(),
        ],
        foreignKeys: [to('authorId', 'user')],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'comment',
        columns: [
          id(),
          { name: 'postId', type: 'bigint' },
          { name: 'authorId', type: 'bigint', isNullable: true },
          { name: 'parentId', type: 'bigint', isNullable: true },
          { name: 'body', type: 'text' },
          ...stamps(),
        ],
        foreignKeys: [to('postId', 'post'), to('authorId', 'user', 'SET NULL'), to('parentId', 'comment')],
        checks: [{ expression: `length("body") > 0` }],
      }),
    );
    await queryRunner.createIndices('post', [
      new TableIndex({ columnNames: ['authorId', 'publishedAt'] }),
      new TableIndex({ name: 'published_posts', columnNames: ['publishedAt'], where: `"state" = 'published'` }),
    ]);
  }

  // Forgets the type of the state.
  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('comment');
    await queryRunner.dropTable('post');
  }
}
