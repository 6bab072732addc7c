DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['north', 'south'] LOOP
    CONTINUE WHEN t = 'north';
    EXECUTE format('ALTER TABLE %I ADD COLUMN late int', t);
  END LOOP;
END $$;
