ALTER TYPE "shop"."Size" RENAME TO "ParcelSize";
ALTER TABLE "label" SET SCHEMA "archive";
