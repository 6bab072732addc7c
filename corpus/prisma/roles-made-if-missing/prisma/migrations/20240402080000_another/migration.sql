DO $$ BEGIN
  CREATE ROLE transmigrate_case_writer;
EXCEPTION WHEN duplicate_object THEN
  RAISE NOTICE 'it is there';
END $$;
GRANT INSERT ON report TO transmigrate_case_writer;
