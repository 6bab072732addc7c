create table report (id int primary key);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'transmigrate_case_reader') THEN
    CREATE ROLE transmigrate_case_reader NOLOGIN;
  END IF;
END
$$;
GRANT SELECT ON report TO transmigrate_case_reader;
