/*
  Warnings:

  - You are about to drop the column `isArchived` on the `Task` table. All the data in the column will be lost.
  - You are about to drop the column `isDone` on the `Task` table. All the data in the column will be lost.

*/
-- DropIndex
DROP INDEX "Task_isDone_isArchived_idx";

-- AlterTable
ALTER TABLE "Task" DROP COLUMN "isArchived",
DROP COLUMN "isDone";
