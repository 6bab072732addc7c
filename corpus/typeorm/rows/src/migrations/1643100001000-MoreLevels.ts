import { MigrationInterface, QueryRunner } from 'typeorm';

export class MoreLevels1643100001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.manager
      .createQueryBuilder()
      .insert()
      .into('level', ['name', 'rank'])
      .values([
        { name: 'top', rank: 4 },
        { name: 'bottom', rank: 0 },
      ])
      .execute();
    await queryRunner.manager.createQueryBuilder().update('level').set({ rank: 5 }).where('name = :name', { name: 'top' }).execute();
    await queryRunner.manager.query('UPDATE "level" SET "extra" = $1 WHERE "rank" > $2', [JSON.stringify({ shown: true }), 3]);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.manager.createQueryBuilder().delete().from('level').where('name IN (:...names)', { names: ['top', 'bottom'] }).execute();
  }
}
