-- AlterTable
ALTER TABLE "Login" ADD COLUMN     "backup" CITEXT DEFAULT 'None';
