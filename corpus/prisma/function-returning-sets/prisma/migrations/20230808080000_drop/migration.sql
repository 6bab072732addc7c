DROP FUNCTION big_spots(int);
drop function min_and_max;
DROP PROCEDURE grow(int);
drop routine names();
