-- AlterTable
ALTER TABLE "Photo" ADD COLUMN     "folder" TEXT;
UPDATE "Photo" SET "folder" = split_part("path", '/', 2), "touched" = true WHERE "extension" = 'jpg';
