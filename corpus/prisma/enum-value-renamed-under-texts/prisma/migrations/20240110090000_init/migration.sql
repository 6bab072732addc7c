-- CreateEnum
CREATE TYPE "Side" AS ENUM ('DEBIT', 'CREDIT');

-- CreateTable
CREATE TABLE "Entry" (
    "id" SERIAL NOT NULL,
    "side" "Side" NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,
    "signed" DECIMAL(19,4) GENERATED ALWAYS AS (CASE "side" WHEN 'DEBIT' THEN "amount" ELSE -"amount" END) STORED,

    CONSTRAINT "Entry_pkey" PRIMARY KEY ("id")
);
