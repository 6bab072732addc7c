/*
  Warnings:

  - You are about to drop the column `addedAt` on the `Device` table. All the data in the column will be lost.
  - You are about to drop the column `meta` on the `Device` table. All the data in the column will be lost.
  - You are about to drop the column `note` on the `Device` table. All the data in the column will be lost.
  - You are about to drop the column `token` on the `Device` table. All the data in the column will be lost.

*/
-- AlterTable
ALTER TABLE "Device" DROP COLUMN "addedAt",
DROP COLUMN "meta",
DROP COLUMN "note",
DROP COLUMN "token";
