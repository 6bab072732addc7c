DROP VIEW IF EXISTS present_view;
DROP INDEX IF EXISTS present_index;
DROP TYPE IF EXISTS present_type;
DROP FUNCTION IF EXISTS present_function(int);
DROP TABLE IF EXISTS absent, present;
