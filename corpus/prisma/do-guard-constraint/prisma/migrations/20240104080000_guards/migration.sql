DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'Book_authorId_fkey') THEN
    ALTER TABLE "Book" ADD CONSTRAINT "Book_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "Author"("id") ON DELETE SET NULL ON UPDATE CASCADE;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'Book_pages_check') THEN
    ALTER TABLE "Book" ADD CONSTRAINT "Book_pages_check" CHECK ("pages" > 10);
  END IF;
END $$;

DO $$ BEGIN
 ALTER TABLE "Book" ADD CONSTRAINT "Book_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "Author"("id");
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;
