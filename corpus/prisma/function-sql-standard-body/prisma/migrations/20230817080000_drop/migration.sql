drop procedure put;
drop function twice(int);
