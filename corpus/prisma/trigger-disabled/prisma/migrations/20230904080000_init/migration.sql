create table part (id int primary key, n int, seen int default 0);
create function bump() returns trigger language plpgsql as $$ begin new.seen := coalesce(new.seen, 0) + 1; return new; end $$;
create trigger bump_it before update on part for each row execute function bump();
create trigger bump_twice before update on part for each row execute function bump();
insert into part values (1, 10), (2, 20);
