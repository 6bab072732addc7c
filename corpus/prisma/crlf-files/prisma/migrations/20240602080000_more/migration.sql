-- a comment that ends with the line
ALTER TABLE "Memo" ADD COLUMN "n" INTEGER; -- another
CREATE FUNCTION memo_count() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  -- counts
  RETURN (SELECT count(*) FROM "Memo");
END $$;
INSERT INTO "Memo" ("n") VALUES (1);
