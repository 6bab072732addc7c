-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "audit";

-- the identity of the rows matters, so the table is moved and not made anew
ALTER TABLE public."Event" SET SCHEMA audit;

-- AlterTable
ALTER TABLE "audit"."Event" ADD COLUMN     "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
