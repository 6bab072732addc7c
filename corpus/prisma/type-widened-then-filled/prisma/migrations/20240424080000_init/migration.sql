-- CreateTable
CREATE TABLE "Link" (
    "id" SERIAL NOT NULL,
    "short" VARCHAR(5) NOT NULL,
    "hits" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Link_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Link" ("short", "hits") VALUES ('abc', 7);
