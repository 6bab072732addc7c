/*
  Warnings:

  - You are about to drop the column `position` on the `Line` table. All the data in the column will be lost.

*/
-- DropIndex
DROP INDEX "Line_position_key";

-- AlterTable
ALTER TABLE "Line" DROP COLUMN "position",
DROP COLUMN "small";
