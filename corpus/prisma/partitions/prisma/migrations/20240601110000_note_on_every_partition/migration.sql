-- AlterTable
ALTER TABLE "measurement" ADD COLUMN     "note" TEXT DEFAULT 'none';
