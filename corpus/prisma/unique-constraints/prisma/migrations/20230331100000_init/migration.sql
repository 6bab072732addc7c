-- CreateTable
CREATE TABLE "Seat" (
    "id" SERIAL NOT NULL,
    "row" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "holder" TEXT,
    "rank" INTEGER,

    CONSTRAINT "Seat_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Seat" ("row", "number", "holder", "rank") VALUES ('A', 1, NULL, 1), ('A', 2, 'Eve', 2);
