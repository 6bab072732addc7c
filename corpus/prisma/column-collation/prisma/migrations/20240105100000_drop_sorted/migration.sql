-- AlterTable
ALTER TABLE "Word" DROP COLUMN "sorted";
