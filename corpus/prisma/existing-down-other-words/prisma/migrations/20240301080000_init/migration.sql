CREATE TYPE "Mood" AS ENUM ('calm', 'loud');

CREATE TABLE "Room" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL DEFAULT 'hall',
    "mood" "Mood" NOT NULL DEFAULT 'calm',
    "seats" INTEGER NOT NULL,

    CONSTRAINT "Room_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Room_seats_check" CHECK (seats > 0)
);

CREATE TABLE "Booking" (
    "id" INTEGER NOT NULL,
    "roomId" INTEGER NOT NULL,

    CONSTRAINT "Booking_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Booking_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE INDEX "Room_name_idx" ON "Room"("name");

CREATE VIEW "BigRoom" AS SELECT id, name FROM "Room" WHERE seats > 100;

CREATE FUNCTION seats_in(room integer) RETURNS integer LANGUAGE sql STABLE AS $$ SELECT seats FROM "Room" WHERE id = room $$;
