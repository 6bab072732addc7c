-- CreateTable
CREATE TABLE "Word" (
    "id" SERIAL NOT NULL,
    "plain" TEXT NOT NULL,

    CONSTRAINT "Word_pkey" PRIMARY KEY ("id")
);
alter table "Word" add column sorted text collate "C" default 'x';
INSERT INTO "Word" ("plain") VALUES ('zebra'), ('Apple');
