ALTER TABLE "Product" RENAME COLUMN "price" TO "unit_price";

-- AlterTable
ALTER TABLE "Product" ALTER COLUMN "unit_price" SET DATA TYPE DECIMAL(12,4),
ALTER COLUMN "labels" SET DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "OrderLine" ALTER COLUMN "price" SET DATA TYPE DECIMAL(12,4);
