-- CreateEnum
CREATE TYPE "Mood" AS ENUM ('GOOD', 'BAD');

-- CreateTable
CREATE TABLE "Sample" (
    "id" BIGINT NOT NULL,

    CONSTRAINT "Sample_pkey" PRIMARY KEY ("id")
);

CREATE DOMAIN short_code AS varchar(8) CHECK (VALUE ~ '^[A-Z]+$');
INSERT INTO "Sample" VALUES (1), (2);
