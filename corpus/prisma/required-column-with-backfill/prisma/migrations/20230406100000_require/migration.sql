/*
  Warnings:

  - Added the required column `isbn` to the `Book` table without a default value. This is not possible if the table is not empty.
  - Added the required column `room` to the `Shelf` table without a default value. This is not possible if the table is not empty.

*/
-- AlterTable
ALTER TABLE "Shelf" ADD COLUMN     "room" TEXT NOT NULL;

-- AlterTable
ALTER TABLE "Book" ADD COLUMN "isbn" TEXT NOT NULL DEFAULT 'unknown-';
UPDATE "Book" SET "isbn" = "isbn" || "id";
ALTER TABLE "Book" ALTER COLUMN "isbn" DROP DEFAULT;
