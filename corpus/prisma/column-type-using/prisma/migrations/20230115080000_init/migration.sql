-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "flag" TEXT NOT NULL DEFAULT 'no',
    "tags" TEXT,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

INSERT INTO "Setting" VALUES ('retries', '3', 'yes', 'a,b'), ('timeout', '30', 'no', NULL);
