DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT unnest(ARRAY['north', 'south']) LOOP
    EXECUTE format('COMMENT ON TABLE %I IS %L', t, 'the ' || t);
  END LOOP;
END $$;
