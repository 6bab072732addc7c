CREATE INDEX "Invoice_word_idx" ON "Invoice"("id") WHERE "word" = 'OPEN';
ALTER TYPE "Stage" RENAME VALUE 'OPEN' TO 'NEW';
