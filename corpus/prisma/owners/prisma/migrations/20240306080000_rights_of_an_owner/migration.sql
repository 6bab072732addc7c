CREATE TABLE crate (id int);
CREATE TABLE lid (id int);
CREATE TABLE rope (id int);
ALTER TABLE crate OWNER TO pg_monitor;
ALTER TABLE lid OWNER TO pg_monitor;
GRANT SELECT ON rope TO pg_monitor;
