-- CreateTable
CREATE TABLE "Reading" (
    "id" SERIAL NOT NULL,
    "celsius" REAL NOT NULL,

    CONSTRAINT "Reading_pkey" PRIMARY KEY ("id")
);
CREATE VIEW "HotReading" AS SELECT * FROM "Reading" WHERE "celsius" > 30;
INSERT INTO "Reading" ("celsius") VALUES (31.5), (12);
