/*
  Warnings:

  - The primary key for the `Room` table will be changed. If it partially fails, the table could be left without primary key constraint.

*/
-- DropForeignKey
ALTER TABLE "Desk" DROP CONSTRAINT "Desk_roomNumber_fkey";

-- AlterTable
ALTER TABLE "Desk" ADD COLUMN     "roomFloor" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "Room" DROP CONSTRAINT "Room_pkey",
ADD CONSTRAINT "Room_pkey" PRIMARY KEY ("floor", "number");

-- AddForeignKey
ALTER TABLE "Desk" ADD CONSTRAINT "Desk_roomFloor_roomNumber_fkey" FOREIGN KEY ("roomFloor", "roomNumber") REFERENCES "Room"("floor", "number") ON DELETE RESTRICT ON UPDATE CASCADE;
