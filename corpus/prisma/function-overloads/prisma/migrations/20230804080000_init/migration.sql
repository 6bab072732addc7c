create function area(r float8) returns float8 language sql immutable as 'select pi() * r * r';
create function area(w int, h int) returns int language sql immutable as 'select w * h';
create function area(box) returns float8 language sql immutable as $$ select abs(($1[0])[0] - ($1[1])[0]) * abs(($1[0])[1] - ($1[1])[1]) $$;
create function area(variadic sides numeric[]) returns numeric language sql as 'select sum(s) from unnest(sides) s';
