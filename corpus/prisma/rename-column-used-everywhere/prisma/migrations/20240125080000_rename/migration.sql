ALTER TABLE "Asset" RENAME COLUMN "val" TO "value";
ALTER TABLE "Asset" RENAME "name" TO "title";
