-- CreateTable
CREATE TABLE "Stock" (
    "id" SERIAL NOT NULL,
    "amount" INTEGER NOT NULL DEFAULT 10,
    "place" VARCHAR(10) NOT NULL DEFAULT 'A1',

    CONSTRAINT "Stock_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "Stock" ADD CONSTRAINT "Stock_amount_check" CHECK ("amount" >= 0 AND "amount" < 100000);
ALTER TABLE "Stock" ADD CONSTRAINT "Stock_place_unique" UNIQUE ("place");
ALTER TABLE "Stock" ADD CONSTRAINT "place_is_known" CHECK ("place" IN ('A1', 'A2', 'B1'));
CREATE INDEX "Stock_amount_idx" ON "Stock"("amount") WHERE "amount" > 5;
COMMENT ON COLUMN "Stock"."amount" IS 'pieces';
INSERT INTO "Stock" ("amount", "place") VALUES (1, 'A1'), (50, 'A2');
