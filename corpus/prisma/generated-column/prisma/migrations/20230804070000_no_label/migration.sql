-- AlterTable
ALTER TABLE "Box" DROP COLUMN "label";
