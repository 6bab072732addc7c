-- AlterTable
ALTER TABLE "Guest" ALTER COLUMN "name" DROP NOT NULL;
INSERT INTO "Guest" ("name", "phone") VALUES (NULL, '2');
