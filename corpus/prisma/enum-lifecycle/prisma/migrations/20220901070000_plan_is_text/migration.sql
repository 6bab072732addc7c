-- AlterTable
ALTER TABLE "Invite" ALTER COLUMN "plan" TYPE TEXT USING "plan"::text;

-- DropEnum
DROP TYPE "Plan";
