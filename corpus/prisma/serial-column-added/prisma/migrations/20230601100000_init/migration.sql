-- CreateTable
CREATE TABLE "Line" (
    "code" TEXT NOT NULL,

    CONSTRAINT "Line_pkey" PRIMARY KEY ("code")
);
INSERT INTO "Line" VALUES ('a'), ('b'), ('c');
