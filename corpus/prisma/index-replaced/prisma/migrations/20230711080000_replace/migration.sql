-- DropIndex
DROP INDEX "Mail_from_idx";

-- DropIndex
DROP INDEX "Mail_to_key";

-- CreateIndex
CREATE INDEX "Mail_from_idx" ON "Mail"("from", "to") WHERE NOT "read";

-- CreateIndex
CREATE INDEX "Mail_to_idx" ON "Mail"("to");
