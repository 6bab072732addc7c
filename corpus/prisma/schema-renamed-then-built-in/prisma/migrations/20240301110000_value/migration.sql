-- AlterTable
ALTER TABLE "sales"."Deal" RENAME COLUMN "amount" TO "value";

-- AlterTable
ALTER TABLE "User" ADD COLUMN "dealId" INTEGER;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_dealId_fkey" FOREIGN KEY ("dealId") REFERENCES "sales"."Deal"("id") ON DELETE SET NULL ON UPDATE CASCADE;
