-- AlterTable
ALTER TABLE "Animal" ADD COLUMN     "legs" INTEGER NOT NULL DEFAULT 4;

-- CreateIndex
CREATE INDEX "Animal_name_idx" ON "Animal"("name");
