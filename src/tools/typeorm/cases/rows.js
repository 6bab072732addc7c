// Rows changed by query builders and by the manager, on tables named by a text.
const { Table } = require('typeorm');

exports.Rows1700000000001 = class Rows1700000000001 {
  async up(queryRunner) {
    await queryRunner.createTable(new Table({ name: 'level', columns: [
      { name: 'name', type: 'varchar' }, { name: 'rank', type: 'int', default: 1 }, { name: 'extra', type: 'jsonb', isNullable: true },
    ] }));
    await queryRunner.manager.createQueryBuilder().insert().into('level', ['name', 'rank'])
      .values([{ name: 'top', rank: 4 }, { name: "o'bottom", rank: 0 }]).execute();
    await queryRunner.manager.createQueryBuilder().insert().into('level').values({ name: 'mid', extra: { a: [1] } }).orIgnore().execute();
    await queryRunner.manager.createQueryBuilder().update('level').set({ rank: 5 })
      .where('name = :name', { name: 'top' }).andWhere('rank::text <> :rank', { rank: '9' }).execute();
    await queryRunner.manager.query('UPDATE "level" SET "extra" = $1 WHERE "rank" > $2', [JSON.stringify({ shown: true }), 3]);
    await queryRunner.manager.insert('level', { name: 'last' });
  }

  async down(queryRunner) {
    await queryRunner.connection.createQueryBuilder().delete().from('level').where('name IN (:...names)', { names: ['top', 'mid'] }).execute();
    await queryRunner.dropTable('level');
  }
};
