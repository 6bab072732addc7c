/*
  Warnings:

  - You are about to drop the column `fax` on the `accounts` table. All the data in the column will be lost.

*/
-- AlterTable
ALTER TABLE "accounts" DROP COLUMN "fax";

REFRESH MATERIALIZED VIEW monthly_totals;
