DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT * FROM (VALUES ('north', 'ice'), ('south', 'sand')) AS v(tbl, col) LOOP
    EXECUTE 'ALTER TABLE ' || quote_ident(r.tbl) || ' ADD COLUMN ' || quote_ident(r.col) || ' int';
  END LOOP;
END $$;
