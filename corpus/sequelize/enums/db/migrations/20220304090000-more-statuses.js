'use strict';

// PostgreSQL takes no value back: the down makes the type anew.
module.exports = {
  async up(queryInterface) {
    await queryInterface.sequelize.query(`ALTER TYPE "enum_Orders_status" ADD VALUE IF NOT EXISTS 'returned' AFTER 'sent'`);
  },

  async down(queryInterface) {
    await queryInterface.sequelize.transaction(async (transaction) => {
      const run = (sql) => queryInterface.sequelize.query(sql, { transaction });
      await run(`ALTER TYPE "enum_Orders_status" RENAME TO "enum_Orders_status_old"`);
      await run(`CREATE TYPE "enum_Orders_status" AS ENUM ('new', 'paid', 'sent')`);
      await run(`ALTER TABLE "Orders" ALTER COLUMN "status" DROP DEFAULT`);
      await run(`ALTER TABLE "Orders" ALTER COLUMN "status" TYPE "enum_Orders_status" USING "status"::text::"enum_Orders_status"`);
      await run(`ALTER TABLE "Orders" ALTER COLUMN "status" SET DEFAULT 'new'`);
      await run(`DROP TYPE "enum_Orders_status_old"`);
    });
  },
};
