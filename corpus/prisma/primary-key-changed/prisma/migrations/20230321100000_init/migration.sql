-- CreateTable
CREATE TABLE "Room" (
    "number" INTEGER NOT NULL,
    "floor" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Room_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "Desk" (
    "id" SERIAL NOT NULL,
    "roomNumber" INTEGER NOT NULL,

    CONSTRAINT "Desk_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "Desk" ADD CONSTRAINT "Desk_roomNumber_fkey" FOREIGN KEY ("roomNumber") REFERENCES "Room"("number") ON DELETE RESTRICT ON UPDATE CASCADE;
INSERT INTO "Room" VALUES (1, 1), (2, 1);
INSERT INTO "Desk" ("roomNumber") VALUES (1), (2);
