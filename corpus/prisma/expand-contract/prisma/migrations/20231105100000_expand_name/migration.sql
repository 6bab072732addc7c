-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "first_name" TEXT,
ADD COLUMN     "last_name" TEXT;
