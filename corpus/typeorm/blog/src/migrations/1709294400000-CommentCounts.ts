import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class CommentCounts1709294400000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    const table = await queryRunner.getTable('post');
    if (!table?.findColumnByName('commentCount')) {
      await queryRunner.addColumn('post', new TableColumn({ name: 'commentCount', type: 'int', default: 0 }));
    }
    await queryRunner.query(`
      UPDATE "post" SET "commentCount" = c.n
      FROM (SELECT "postId", count(*) AS n FROM "comment" GROUP BY "postId") c
      WHERE c."postId" = "post"."id"
    `);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('post', 'commentCount');
  }
}
