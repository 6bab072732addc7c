-- AlterTable
ALTER TABLE "Crate" DROP COLUMN "parentId",
DROP COLUMN IF EXISTS "grandParentId";
