-- AlterTable
ALTER TABLE "Plant" ADD COLUMN     "height" INTEGER,
ALTER COLUMN "name" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "Plant_name_idx" ON "Plant"("name");
