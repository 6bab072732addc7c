DROP VIEW "HotReading";

-- AlterTable
ALTER TABLE "Reading" ALTER COLUMN "celsius" SET DATA TYPE DOUBLE PRECISION;

CREATE VIEW "HotReading" AS SELECT * FROM "Reading" WHERE "celsius" > 30;
