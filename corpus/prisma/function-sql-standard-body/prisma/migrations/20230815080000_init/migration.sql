create table basket (id serial primary key, fruit text, pieces int);
create function pieces_of(f text) returns bigint
language sql
begin atomic
  select sum(pieces) from basket where fruit = f;
end;
create function twice(n int) returns int immutable return n * 2;
create procedure put(f text, n int)
language sql
begin atomic
  insert into basket (fruit, pieces) values (f, n);
  insert into basket (fruit, pieces) values (f, twice(n));
end;
call put('apple', 3);
