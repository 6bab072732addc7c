/*
  Warnings:

  - You are about to alter the column `memo` on the `Invoice` table. The data in that column could be lost. The data in that column will be cast from `Text` to `VarChar(100)`.
  - You are about to alter the column `amount` on the `Invoice` table. The data in that column could be lost. The data in that column will be cast from `Decimal(14,4)` to `Integer`.

*/
-- AlterTable
ALTER TABLE "Invoice" ALTER COLUMN "number" SET DATA TYPE TEXT,
ALTER COLUMN "memo" SET DATA TYPE VARCHAR(100),
ALTER COLUMN "amount" SET DATA TYPE INTEGER,
ALTER COLUMN "issuedAt" SET DATA TYPE TIMESTAMPTZ(6);
