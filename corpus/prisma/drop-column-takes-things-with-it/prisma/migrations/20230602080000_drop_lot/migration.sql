/*
  Warnings:

  - You are about to drop the column `lot` on the `Crate` table. All the data in the column will be lost.

*/
-- AlterTable
ALTER TABLE "Crate" DROP COLUMN "lot";
