-- CreateExtension
CREATE EXTENSION IF NOT EXISTS "btree_gist";

-- CreateTable
CREATE TABLE "Booking" (
    "id" SERIAL NOT NULL,
    "room" INTEGER NOT NULL,
    "from" TIMESTAMP(3) NOT NULL,
    "to" TIMESTAMP(3) NOT NULL,
    "cancelled" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Booking_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Booking" ("room", "from", "to") VALUES (1, '2023-05-01', '2023-05-03'), (1, '2023-05-03', '2023-05-04');
