-- AlterTable
ALTER TABLE "Order" ADD COLUMN "note" TEXT;
ALTER TABLE "Order" ADD COLUMN "paid" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "Order_customerId_paid_idx" ON "Order"("customerId", "paid" DESC);
