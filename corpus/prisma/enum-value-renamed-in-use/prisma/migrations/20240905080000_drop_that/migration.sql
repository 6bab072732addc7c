DROP INDEX "Invoice_word_idx";
