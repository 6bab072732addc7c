/*
  Warnings:

  - Made the column `phone` on table `Guest` required. This step will fail if there are existing NULL values in that column.

*/
update "Guest" set phone = 'none' where phone is null;

-- AlterTable
ALTER TABLE "Guest" ALTER COLUMN "phone" SET NOT NULL;
-- no harm in saying it twice
alter table "Guest" alter phone set not null, alter name drop not null;
