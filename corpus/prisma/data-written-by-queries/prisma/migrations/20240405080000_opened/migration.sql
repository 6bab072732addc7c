DO $$
DECLARE
  found record;
  these CURSOR FOR DELETE FROM inbox RETURNING *;
BEGIN
  OPEN these;
  FETCH these INTO found;
END $$;
