ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
CREATE TABLE later_still (id serial primary key);
GRANT pg_read_all_stats TO pg_monitor;
