create function big_spots(min_size int) returns table (id int, name text) language sql stable as $$
  select s.id, s.name from spot s where s.size >= min_size
$$;
create function all_spots() returns setof spot language sql as 'select * from spot';
create function min_and_max(out lo int, out hi int) as $$ select min(size), max(size) from spot $$ language sql;
create function names() returns setof text as $$
declare r record;
begin
  for r in select name from spot order by id loop
    return next r.name;
  end loop;
  return;
end $$ language plpgsql;
create procedure grow(by_how_much int default 1) language plpgsql as $$
begin
  update spot set size = size + by_how_much;
end $$;
call grow(10);
