GRANT SELECT, INSERT ON files.file TO pg_monitor;
GRANT EXECUTE ON FUNCTION now() TO pg_monitor;
GRANT CREATE ON SCHEMA files TO pg_monitor;
