CREATE TYPE "Stage" AS ENUM ('DRAFT', 'SENT', 'PAID');

CREATE TABLE "Invoice" (
    "id" SERIAL NOT NULL,
    "stage" "Stage" NOT NULL DEFAULT 'DRAFT',
    "past" "Stage"[] DEFAULT ARRAY['DRAFT']::"Stage"[],
    "word" TEXT NOT NULL DEFAULT 'DRAFT',
    "amount" INTEGER NOT NULL,

    CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Invoice_amount_check" CHECK ("stage" IN ('DRAFT', 'SENT') OR "amount" > 0)
);

CREATE INDEX "Invoice_drafts_idx" ON "Invoice"("amount") WHERE "stage" = 'DRAFT';
CREATE UNIQUE INDEX "Invoice_open_idx" ON "Invoice"("id") WHERE 'DRAFT' <> "stage" AND stage <> 'PAID'::"Stage";

ALTER TABLE "Invoice" ENABLE ROW LEVEL SECURITY;
CREATE POLICY drafts_only ON "Invoice" FOR SELECT USING (stage = 'DRAFT');

CREATE VIEW "Open" AS SELECT i.id, i.stage FROM "Invoice" i WHERE i.stage IN ('DRAFT', 'SENT') AND i.word <> 'x';

CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER tell_drafts AFTER UPDATE ON "Invoice" FOR EACH ROW WHEN (NEW.stage = 'DRAFT') EXECUTE FUNCTION tell();
