/*
  Warnings:

  - You are about to drop the column `name` on the `customers` table. All the data in the column will be lost.

*/
-- DropIndex
DROP INDEX "customers_name_idx";

-- AlterTable
ALTER TABLE "customers" DROP COLUMN "name";
