'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.sequelize.transaction(async (transaction) => {
      const [teams] = await queryInterface.sequelize.query('SELECT id FROM "Teams" ORDER BY id', { transaction });
      await Promise.all(
        teams.map(async (team) => {
          const [rows] = await queryInterface.sequelize.query(
            `SELECT count(*)::int AS count FROM "Players" WHERE "teamId" = ${team.id}`,
            { transaction },
          );
          if (rows[0].count === 0) return;
          await queryInterface.sequelize.query(
            `UPDATE "Teams" SET size = ${rows[0].count} WHERE id IN (${[team.id].join(',')})`,
            { transaction },
          );
        }),
      );
    });
  },

  async down(queryInterface) {
    await queryInterface.sequelize.query('UPDATE "Teams" SET size = NULL');
  },
};
