-- written by hand: Prisma would drop and recreate the table
ALTER TABLE "Client" RENAME TO "Customer";

-- AlterTable
ALTER TABLE "Customer" RENAME CONSTRAINT "Client_pkey" TO "Customer_pkey";

-- RenameIndex
ALTER INDEX "Client_email_key" RENAME TO "Customer_email_key";

ALTER TABLE "Order" RENAME COLUMN "clientId" TO "customerId";

-- RenameForeignKey
ALTER TABLE "Order" RENAME CONSTRAINT "Order_clientId_fkey" TO "Order_customerId_fkey";

-- RenameIndex
ALTER INDEX "Order_clientId_idx" RENAME TO "Order_customerId_idx";
