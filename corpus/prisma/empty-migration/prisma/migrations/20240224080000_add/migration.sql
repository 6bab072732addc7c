-- AlterTable
ALTER TABLE "Thing" ADD COLUMN     "name" TEXT;
