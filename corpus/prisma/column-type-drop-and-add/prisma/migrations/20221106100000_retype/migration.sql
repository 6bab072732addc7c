/*
  Warnings:

  - The `sentAt` column on the `Parcel` table would be dropped and recreated. This will lead to data loss if there is data in the column.
  - The primary key for the `Parcel` table will be changed. If it partially fails, the table could be left without primary key constraint.
  - The `id` column on the `Parcel` table would be dropped and recreated. This will lead to data loss if there is data in the column.

*/
-- AlterTable
ALTER TABLE "Parcel" DROP CONSTRAINT "Parcel_pkey",
DROP COLUMN "id",
ADD COLUMN     "id" SERIAL NOT NULL,
DROP COLUMN "sentAt",
ADD COLUMN     "sentAt" TIMESTAMP(3),
ADD CONSTRAINT "Parcel_pkey" PRIMARY KEY ("id");
