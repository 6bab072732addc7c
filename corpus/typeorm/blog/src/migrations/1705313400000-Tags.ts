import { MigrationInterface, QueryRunner, Table } from 'typeorm';
import { to } from './helpers/columns';

const standard = ['news', 'how-to', 'opinion'];

export class Tags1705313400000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    if (!(await queryRunner.hasTable('tag'))) {
      await queryRunner.createTable(
        new Table({
          name: 'tag',
          columns: [
            { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
            { name: 'name', type: 'varchar', length: '50', isUnique: true },
          ],
        }),
      );
    }
    await queryRunner.createTable(
      new Table({
        name: 'post_tags',
        columns: [
          { name: 'postId', type: 'bigint', isPrimary: true },
          { name: 'tagId', type: 'int', isPrimary: true },
        ],
        foreignKeys: [to('postId', 'post'), to('tagId', 'tag')],
      }),
    );
    for (const name of standard) {
      await queryRunner.query('INSERT INTO "tag" ("name") VALUES ($1)', [name]);
    }
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('post_tags');
    await queryRunner.dropTable('tag', true);
  }
}
