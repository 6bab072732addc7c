-- AlterTable
ALTER TABLE "Animal" ALTER COLUMN "legs" SET DEFAULT 2;
