-- CreateTable
CREATE TABLE "Invoice" (
    "id" SERIAL NOT NULL,
    "number" VARCHAR(20) NOT NULL,
    "amount" DECIMAL(10,2) NOT NULL,
    "memo" TEXT,
    "issuedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id")
);

INSERT INTO "Invoice" ("number", "amount", "memo", "issuedAt") VALUES ('2023-1', 19.99, 'thanks', '2023-01-10 08:00:00.123');
