-- AlterTable
ALTER TABLE "Photo" ADD COLUMN     "extension" TEXT;
UPDATE "Photo" SET "extension" = substring("path" from '\.([a-z]+)$');
