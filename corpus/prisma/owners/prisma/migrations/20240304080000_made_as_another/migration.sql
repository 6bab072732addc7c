CREATE SCHEMA yard AUTHORIZATION pg_monitor;
SET ROLE pg_monitor;
CREATE TABLE yard.slot (id serial primary key);
RESET ROLE;
ALTER TABLE parcel ADD COLUMN no serial;
