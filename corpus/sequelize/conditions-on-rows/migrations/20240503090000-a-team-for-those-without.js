'use strict';

module.exports = {
  async up(queryInterface) {
    const [players] = await queryInterface.sequelize.query('SELECT id, name FROM "Players" WHERE "teamId" IS NULL');
    if (!players.length) {
      return;
    }
    await queryInterface.bulkInsert('Teams', [{ name: 'Green' }]);
    const [[team]] = await queryInterface.sequelize.query(`SELECT id FROM "Teams" WHERE name = 'Green'`);
    if (!team) throw new Error('the team is not there');
    for (const player of players) {
      const suffix = player.name ? `'${player.name} (new)'` : 'name';
      await queryInterface.sequelize.query(
        `UPDATE "Players" SET "teamId" = ${team.id}, name = ${suffix} WHERE id = ${player.id};`,
      );
    }
  },

  async down(queryInterface) {
    await queryInterface.sequelize.query('UPDATE "Players" SET "teamId" = NULL WHERE name LIKE \'%(new)\'');
    await queryInterface.bulkDelete('Teams', { name: 'Green' });
  },
};
