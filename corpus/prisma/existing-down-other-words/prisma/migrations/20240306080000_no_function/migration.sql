DROP FUNCTION seats_in(integer);
