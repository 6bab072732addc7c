DO $$
DECLARE
  r record;
BEGIN
  FOR r IN (WITH gone AS (DELETE FROM inbox WHERE id = 3 RETURNING *) SELECT * FROM gone) LOOP
    RAISE NOTICE '%', r.body;
  END LOOP;
END $$;
