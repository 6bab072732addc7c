-- CreateTable
CREATE TABLE "Flag" (
    "key" TEXT NOT NULL,
    "on" BOOLEAN NOT NULL DEFAULT false,
    "hits" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Flag_pkey" PRIMARY KEY ("key")
);
INSERT INTO "Flag" ("key", "on", "hits") VALUES ('beta', true, 5), ('dark', false, 2);
