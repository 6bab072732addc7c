-- AlterTable
ALTER TABLE "Memo" ADD COLUMN "a" TEXT;
ALTER TABLE "Memo"
  ADD COLUMN "b" TEXT;

