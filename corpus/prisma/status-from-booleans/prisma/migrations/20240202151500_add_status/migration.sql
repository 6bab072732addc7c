-- CreateEnum
CREATE TYPE "TaskStatus" AS ENUM ('OPEN', 'DONE', 'ARCHIVED');

-- AlterTable
ALTER TABLE "Task" ADD COLUMN     "status" "TaskStatus";
