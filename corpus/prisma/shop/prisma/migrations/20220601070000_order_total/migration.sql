-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "total" DECIMAL(14,2) NOT NULL DEFAULT 0;

UPDATE "Order" o
SET "total" = s.sum
FROM (SELECT "orderId", sum("quantity" * "price") AS sum FROM "OrderLine" GROUP BY "orderId") s
WHERE s."orderId" = o."id";
