CREATE TABLE IF NOT EXISTS "Log" (
    "id" SERIAL NOT NULL,
    "text" TEXT,

    CONSTRAINT "Log_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Log" ("text") VALUES ('kept');
