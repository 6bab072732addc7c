REVOKE ALL ON crate FROM pg_monitor;
GRANT ALL ON crate TO pg_monitor WITH GRANT OPTION;
REVOKE DELETE ON lid FROM pg_monitor;
