-- CreateTable
CREATE TABLE "Guest" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT,

    CONSTRAINT "Guest_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Guest" ("name", "phone") VALUES ('Ida', '1'), ('Bo', NULL);
