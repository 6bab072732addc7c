CREATE TABLE counts (n INTEGER NOT NULL, name TEXT);
INSERT INTO counts SELECT count(*), max(name) FROM tag;
DROP TABLE counts;
DROP TABLE log;
DROP TRIGGER IF EXISTS node_named;
