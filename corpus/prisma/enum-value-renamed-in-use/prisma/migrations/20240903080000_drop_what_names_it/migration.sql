DROP VIEW "Open";
DROP POLICY drafts_only ON "Invoice";
DROP TRIGGER tell_drafts ON "Invoice";
DROP INDEX "Invoice_drafts_idx", "Invoice_open_idx";
ALTER TABLE "Invoice" DROP CONSTRAINT "Invoice_amount_check", ALTER COLUMN "stage" DROP DEFAULT, ALTER COLUMN "past" DROP DEFAULT;
