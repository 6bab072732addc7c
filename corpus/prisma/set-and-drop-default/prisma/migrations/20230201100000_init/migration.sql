-- CreateTable
CREATE TABLE "Prefs" (
    "id" SERIAL NOT NULL,
    "theme" TEXT NOT NULL DEFAULT 'light',
    "size" INTEGER NOT NULL DEFAULT 12,
    "seen" TIMESTAMP(3),
    "extra" JSONB,
    "code" TEXT,

    CONSTRAINT "Prefs_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Prefs" DEFAULT VALUES;
