-- DropForeignKey
ALTER TABLE "Car" DROP CONSTRAINT "Car_ownerId_fkey";

ALTER TABLE "Car" DROP CONSTRAINT "Car_doors_check";
