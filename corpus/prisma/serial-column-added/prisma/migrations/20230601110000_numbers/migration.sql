-- AlterTable
ALTER TABLE "Line" ADD COLUMN     "position" SERIAL NOT NULL,
ADD COLUMN     "big" BIGSERIAL NOT NULL,
ADD COLUMN     "small" SMALLSERIAL NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Line_position_key" ON "Line"("position");
