ALTER TABLE rope OWNER TO pg_monitor;
