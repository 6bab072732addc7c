ALTER TABLE parcel OWNER TO pg_monitor;
ALTER FUNCTION weigh() OWNER TO pg_monitor;
ALTER TYPE fragility OWNER TO pg_monitor;
ALTER VIEW heavy OWNER TO pg_monitor;
ALTER SCHEMA depot OWNER TO pg_monitor;
