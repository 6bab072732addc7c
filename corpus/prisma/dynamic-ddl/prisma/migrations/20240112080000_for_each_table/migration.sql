DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['north', 'south', 'West Side'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN updated_at timestamptz DEFAULT now()', t);
    EXECUTE format('CREATE INDEX %I ON %I (updated_at)', t || '_updated_idx', t);
  END LOOP;
END $$;
