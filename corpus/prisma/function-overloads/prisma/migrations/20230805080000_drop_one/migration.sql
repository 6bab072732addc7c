DROP FUNCTION area(integer, integer);
DROP FUNCTION IF EXISTS area(VARIADIC numeric[]);
